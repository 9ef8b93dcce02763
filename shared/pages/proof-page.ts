import { type Html, html } from '../domain/html.ts';
import { oneLine } from '../domain/one-line.ts';
import { LINK_HERE, type Notice } from '../domain/outbox/notice.ts';
import { loadInWords } from '../domain/proactive/traffic/facts.ts';
import { isOnItsWay } from '../domain/proactive/traffic/notice.ts';
import { inZoneAndUtc } from '../domain/proactive/traffic/times.ts';
import type { ProviderNotice, TrafficEvent } from '../domain/proactive/traffic/traffic-event.ts';
import { apart } from '../domain/spans.ts';
import type { Instant } from '../domain/time.ts';
import type { Proof } from '../workflow/traffic/proof.ts';
import { fact, factList } from './fact-list.ts';
import { page } from './layout.ts';

/** The proof of an event as one page to print or keep: nothing in it comes from elsewhere. */
export const proofPage = ({ event, clientName, facts, notices, at }: Proof): string => {
  const { timeZone } = event;
  return page(
    `Proof of notice: ${oneLine(event.name)}`,
    html`<p class="mark">Proof of notice</p>
<h1>${oneLine(event.name)}</h1>
<p class="soft">Who was notified of this traffic, when, with which text, and what they answered. Created by Firebreak on ${inZoneAndUtc(at, timeZone)}.</p>
<h2>What ${event.status === 'over' ? 'was' : 'is'} planned</h2>
${event.status === 'cancelled' ? html`<p class="said bad">This event was cancelled.</p>\n` : html``}${factList([...fact('Client', clientName), ...facts])}${outcome(event)}
<h2>In time or not</h2>
${event.notices.length > 0 ? event.notices.map((notice) => provider(notice, notices, timeZone)) : html`<p>No provider hosts these services, so no notice was needed.</p>`}
<h2>What was sent</h2>
${notices.length > 0 ? notices.map((notice) => message(notice, timeZone)) : html`<p>Nothing was sent.</p>`}`,
    'paper',
  );
};

const outcome = ({ outcome: told }: TrafficEvent): Html =>
  told
    ? html`
<h2>How it went</h2>
${factList([...fact('Peak', told.peak && loadInWords(told.peak)), ...fact('Problems', told.problems || 'none')])}`
    : html``;

const provider = (notice: ProviderNotice, notices: Notice[], timeZone: string): Html => {
  const told = toldAt(notice, notices);
  const isKept = told !== undefined && told <= notice.deadline;
  return html`<article>
<h3>${oneLine(notice.providerName)}</h3>
<p class="${isKept ? 'said' : 'said bad'}">${verdict(notice, told)}</p>
${factList([
  ...fact('Deadline', inZoneAndUtc(notice.deadline, timeZone)),
  ...fact('Notified', told && inZoneAndUtc(told, timeZone)),
  ...answered(notice, timeZone),
])}
</article>
`;
};

/** When they really knew it as it stands: when the first message about it was taken, or when they said so by phone. */
const toldAt = (
  { providerId, sentAt, acknowledgedAt }: ProviderNotice,
  notices: Notice[],
): Instant | undefined =>
  notices
    .filter((notice) => notice.providerId === providerId && isOnItsWay(notice))
    .flatMap(({ handedOverAt }) => (handedOverAt && sentAt && handedOverAt >= sentAt ? [handedOverAt] : []))
    .toSorted()[0] ?? acknowledgedAt;

interface Answered {
  acknowledgedAt?: Instant | undefined;
  acknowledgedBy?: string | undefined;
  answer?: string | undefined;
}

const answered = ({ acknowledgedAt: at, acknowledgedBy, answer }: Answered, timeZone: string) => [
  ...fact('Noted', at && inZoneAndUtc(at, timeZone)),
  ...fact('Noted by', acknowledgedBy),
  ...fact('Answer', answer),
];

const verdict = (notice: ProviderNotice, told: Instant | undefined): string => {
  const { deadline, state, acknowledgedAt } = notice;
  const withdrawn = state === 'withdrawn' ? [WITHDRAWN] : [];
  if (told === undefined) return [NOT_TOLD[state], ...withdrawn].join(' ');
  const by = apart(told, deadline);
  return [
    told <= deadline ? `Notified in time, ${by} before the deadline.` : `Notified ${by} too late.`,
    acknowledgedAt ? 'They have confirmed.' : 'They have not confirmed.',
    ...withdrawn,
  ].join(' ');
};

const WITHDRAWN = 'The event no longer affects them.';
const NOT_TOLD: Record<ProviderNotice['state'], string> = {
  incomplete: 'Not notified yet: details that this provider requires are missing.',
  unreachable: 'Not notified: no e-mail address.',
  failed: 'Not notified: no notice arrived.',
  sent: 'Not notified yet: the notice is on its way.',
  acknowledged: 'Not told.',
  withdrawn: 'Not told.',
};

const message = (notice: Notice, timeZone: string): Html => html`<article>
<h3>${oneLine(notice.subject)}</h3>
${factList([
  ...fact('To', `${oneLine(notice.to.name)}, ${notice.to.address}`),
  ...(notice.handedOverAt
    ? fact('Sent', inZoneAndUtc(notice.handedOverAt, timeZone))
    : fact('Promised', inZoneAndUtc(notice.promisedAt, timeZone))),
  ...fact('Delivery', STATE[notice.state]),
  ...fact('What went wrong', notice.lastError),
  ...answered(notice, timeZone),
])}
<p class="quote">${notice.text.trim().replaceAll(LINK_HERE, '(a link of their own)')}</p>
</article>
`;

/** How far it got, in words. */
const STATE: Record<Notice['state'], string> = {
  promised: 'not sent yet',
  claimed: 'being sent',
  'handed-over': 'accepted by their mail server',
  delivered: 'delivered to their mail server',
  failed: 'failed, will be retried',
  'given-up': 'failed permanently',
  skipped: 'not sent: replaced by a newer notice',
};
