import { type Channel, channelOf } from '../domain/channels/channel.ts';
import { type Html, html } from '../domain/html.ts';
import { oneLine } from '../domain/one-line.ts';
import type { Instant } from '../domain/time.ts';
import { page } from './layout.ts';

/** One message as it was sent, for whoever looks into the mailbox. */
export interface Letter {
  id: string;
  at: Instant;
  channel: Channel;
  to: string;
  subject?: string;
  text: string;
  links: string[];
}

const LINK = /https?:\/\/[^\s<>"]+/g;

/** The links in a text, each once. */
export const linksIn = (text: string): string[] => [...new Set(text.match(LINK))];

/** All that this machine sent, newest first, as a page for people. */
export const mailboxPage = (letters: Letter[], now: Instant): string =>
  page(
    'Mailbox',
    html`<p class="mark">Firebreak on one machine</p>
<h1>Mailbox</h1>
<p class="soft">What was sent to people, newest first. On this machine's clock it is ${clock(now)}. Reload to see more.</p>
${letters.length === 0 ? html`<p>Nothing was sent yet.</p>` : html`<ol>\n${letters.map(entry)}</ol>`}`,
  );

const clock = (at: Instant): Html =>
  html`<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 19)} UTC</time>`;

const entry = ({ at, channel, to, subject, text }: Letter): Html =>
  html`<li>${clock(at)}<br>${channelOf(channel).title} to <strong>${oneLine(to)}</strong>
${subject === undefined ? html`` : html`<h2>${oneLine(subject)}</h2>`}
<p>${text.split('\n').map((line, place) => html`${place > 0 ? html`<br>` : html``}${linked(line)}`)}</p></li>
`;

/** The line with its links to tap; only what begins with http or https is one. */
const linked = (line: string): Html => {
  const words = line.split(LINK);
  const links = line.match(LINK) ?? [];
  return html`${words.map((word, place) => {
    const link = links[place];
    return link === undefined ? html`${word}` : html`${word}<a href="${link}">${link}</a>`;
  })}`;
};
