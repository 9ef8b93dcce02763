import { type Html, html } from '../domain/html.ts';
import { oneLine } from '../domain/one-line.ts';
import type { HistoryEntry } from '../domain/outbox/history.ts';
import { aloud } from '../domain/preventive/recurrence/recognise.ts';
import type { Instant } from '../domain/time.ts';
import type { AnswerView } from '../workflow/paging/answer-page.ts';
import type { Alike } from '../workflow/recurrence/similar-incidents.ts';
import { page } from './layout.ts';

const MOST_ENTRIES = 10;
/** Whoever looks is the fallback contact when they are nobody we know. */
const FALLBACK = 'fallback';

/** What one can do from a one-tap link. */
export const ACTIONS = ['acknowledge', 'resolve', 'escalate', 'help'] as const;
export type Action = (typeof ACTIONS)[number];

const BUTTON: Record<Action, string> = {
  acknowledge: 'Acknowledge',
  resolve: 'Resolve',
  escalate: 'Escalate to the next step',
  help: 'Ask for help',
};

/** The outcome of a POST, in words; `bad` when what was asked for did not happen. */
export interface Said {
  words: string;
  bad: boolean;
  /** What they wrote, and at which button: it is not lost where nothing came of it. */
  kept?: { action: string; note: string };
}

/** What stands in the field of a button that was tapped in vain. */
export const keptFor = (said: Said | undefined, action: string): string =>
  said?.bad && said.kept?.action === action ? said.kept.note : '';

/** The incident as the person behind the link sees it, with what they can do. */
export const answerPage = (view: AnswerView, said?: Said): string => {
  const { incident } = view;
  const name = `${incident.severity.toUpperCase()} #${incident.number}`;
  return page(
    `${name} ${oneLine(incident.title)}`,
    html`${saidOf(said)}<p class="mark">${name}${incident.drill ? ' (drill)' : ''}</p>
<h1>${oneLine(incident.title)}</h1>
${facts(view)}
${view.over ? html`<p class="said">This incident is over.</p>` : html`${buttons(view)}`}
${similar(view)}${history(view)}`,
  );
};

/** What came of it, where something did. */
export const saidOf = (said: Said | undefined): Html =>
  said ? html`<p class="${said.bad ? 'said bad' : 'said'}" role="status">${said.words}</p>\n` : html``;

const facts = (view: AnswerView): Html => {
  const { incident, person } = view;
  return html`<dl>
<dt>Status</dt><dd>${incident.status}</dd>
<dt>Client</dt><dd>${oneLine(incident.clientName)}</dd>
<dt>Service</dt><dd>${oneLine(incident.serviceName)}</dd>
<dt>Opened</dt><dd>${moments(incident.openedAt, person?.timeZone)}</dd>
<dt>Answered by</dt><dd>${answeredBy(view)}</dd>
</dl>${hosting(view)}`;
};

const hosting = ({ provider }: AnswerView): Html =>
  provider
    ? html`\n<p><a href="${provider.page}">Hosting provider: ${oneLine(provider.name)}</a></p>`
    : html``;

/** In UTC, and where the person is when that is another time. */
const moments = (at: Instant, timeZone = 'UTC'): Html => {
  const utc = html`<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 16)} UTC</time>`;
  const there = wallClock(at, timeZone);
  return there === wallClock(at, 'UTC') ? utc : html`${utc}<br>${there} (${timeZone})`;
};

/** `2026-01-05 04:12` on the wall there. */
const wallClock = (at: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));

/** Who answered, as the timeline calls them; `you` for who is looking. */
export const answeredBy = ({ incident, person, entries }: AnswerView): string => {
  const id = incident.acknowledgedBy;
  if (id === undefined) return 'nobody yet';
  if (id === (person?.id ?? FALLBACK)) return 'you';
  const known = entries.findLast(({ actor }) => actor.id === id && actor.name);
  return known?.actor.name ?? 'somebody else';
};

/** Acknowledging is offered while nobody has, and to those whom a colleague calls for help. */
const offered = ({ incident, person }: AnswerView): Action[] => {
  const calling = incident.helpFor === (person?.id ?? FALLBACK);
  const wanted = incident.helpFor !== undefined && !calling;
  return ACTIONS.filter((action) => {
    if (action === 'acknowledge') return incident.status === 'triggered' || wanted;
    return action !== 'help' || !calling;
  });
};

const buttons = (view: AnswerView): Html =>
  html`<p>You answer as <strong>${view.personName}</strong>.</p>
${offered(view).map(
  (action, place) => html`<form method="post"><input type="hidden" name="action" value="${action}">
<input type="hidden" name="seen" value="${view.incident.generation}">
<button type="submit"${place === 0 ? html` class="first"` : html``}>${BUTTON[action]}</button></form>
`,
)}`;

/** What it looks like, and what helped then. */
const similar = ({ alike }: AnswerView): Html =>
  alike.length === 0 ? html`` : html`<h2>Looks like</h2>\n<ol>\n${alike.map(fingerprint)}</ol>\n`;

const fingerprint = ({ match, page: opens }: Alike): Html => {
  const { number, title, openedAt, helped } = match;
  const said = helped ? `What helped then: ${oneLine(helped)}` : 'No resolution was recorded.';
  return html`<li><a href="${opens}">#${number} ${oneLine(title)}</a><br>
<time datetime="${openedAt}">${openedAt.slice(0, 10)}</time>, ${aloud(match)}<br>
${said}</li>\n`;
};

const history = ({ entries, person }: AnswerView): Html => {
  if (entries.length === 0) return html``;
  const latest = entries.toSorted((one, other) => (one.id < other.id ? 1 : -1)).slice(0, MOST_ENTRIES);
  return html`<h2>What happened, newest first</h2>
<ol>
${latest.map((entry) => line(entry, person?.timeZone))}</ol>`;
};

const line = (entry: HistoryEntry, timeZone: string | undefined): Html =>
  html`<li>${moments(entry.at, timeZone)}<br>${entry.text}</li>\n`;

/** A page of a few words, for whoever may not see more. */
export const plainPage = (title: string, words: string): string =>
  page(title, html`<h1>${title}</h1>\n<p>${words}</p>`);
