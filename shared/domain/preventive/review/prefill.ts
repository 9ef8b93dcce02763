import type { Incident } from '../../corrective/incidents/incident.ts';
import type { Page } from '../../corrective/paging/page.ts';
import type { ProviderTicket } from '../../corrective/provider-tickets/provider-ticket.ts';
import { cut, oneLine } from '../../one-line.ts';
import type { HistoryEntry } from '../../outbox/history.ts';
import type { Alert } from '../../proactive/alerts/alert.ts';
import { apart } from '../../spans.ts';
import { clockTime, dateAndTime, type Instant } from '../../time.ts';
import { asLine, asWords } from '../document/markdown-text.ts';
import type { SimilarIncidents } from '../recurrence/fingerprint.ts';
import type { SectionName } from './section.ts';

/** What Firebreak knows of an incident that a review can begin with. */
export interface Known {
  incident: Incident;
  /** Oldest first; of very many only the first and the last. */
  entries: HistoryEntry[];
  pages: Page[];
  /** The one that opened it; undefined when somebody did. */
  alert?: Alert | undefined;
  tickets: ProviderTicket[];
  similar?: SimilarIncidents | undefined;
}

export type Prefilled = Partial<Record<SectionName, string>>;

const MOST_LINES = 200;
const LONGEST_LINE = 300;
/** Somewhat less than a section may be, for what is said of the lines that are left out. */
const LONGEST_SECTION = 19_000;

/** Steps of the machine that tell nobody how it went. */
const NOISE: string[] = ['page-promised', 'page-delivered', 'page-skipped', 'alert-resolved', 'review-due'];
const RESPONSE: string[] = ['contained', 'escalated', 'help-requested', 'note', 'resolved'];

const words = (text: string, longest = LONGEST_LINE): string => asWords(cut(oneLine(text), longest));

/** The same where it begins a line. */
const opening = (text: string, longest = LONGEST_LINE): string => asLine(cut(oneLine(text), longest));

/** As many lines as a section has room for: the middle goes first, for it begins and ends there. */
const fitting = (lines: readonly string[]): string => {
  const half = Math.min(MOST_LINES, lines.length) / 2;
  let first = lines.slice(0, Math.ceil(half));
  let last = lines.slice(lines.length - Math.floor(half));
  const size = (): number => [...first, ...last].reduce((sum, line) => sum + line.length + 1, 0);
  while (size() > LONGEST_SECTION) {
    if (last.length > first.length) last = last.slice(1);
    else first = first.slice(0, -1);
  }
  const left = lines.length - first.length - last.length;
  return [...first, ...(left > 0 ? [`- … ${left} more`] : []), ...last].join('\n');
};

const line = ({ at, text }: HistoryEntry): string => `- ${dateAndTime(at)}: ${words(text)}`;

const until = ({ openedAt, resolvedAt }: Incident): string =>
  resolvedAt
    ? `The incident was resolved after ${apart(openedAt, resolvedAt)}.`
    : 'The incident is not resolved yet.';

const answered = ({ openedAt, acknowledgedAt, resolvedAt }: Incident): string => {
  if (acknowledgedAt) return `The first response came after ${apart(openedAt, acknowledgedAt)}.`;
  return resolvedAt ? 'The incident ended before anyone responded.' : 'Nobody has responded yet.';
};

const summary = ({ incident }: Known): string => {
  const { number, title, severity, serviceName, clientName, openedAt } = incident;
  const facts = `Incident \\#${number}, “${words(title)}” (${severity}), on ${words(serviceName)} of ${words(clientName)}, opened ${dateAndTime(openedAt)}. ${answered(incident)} ${until(incident)}`;
  return incident.summary ? `${facts}\n\n${opening(incident.summary, 4000)}` : facts;
};

const impact = ({ incident }: Known): string => {
  const { serviceName, severity, openedAt, containedAt, resolvedAt } = incident;
  const end = resolvedAt ? `${dateAndTime(openedAt)} to ${dateAndTime(resolvedAt)}` : dateAndTime(openedAt);
  const contained = containedAt ? ` The impact was contained after ${apart(openedAt, containedAt)}.` : '';
  return `${opening(serviceName)} was affected (${severity}), ${end}. ${until(incident)}${contained}`;
};

const detection = ({ incident, alert, entries }: Known): string => {
  const opened = entries.find(({ what }) => what === 'opened');
  const by = opened?.actor.name ? ` by ${words(opened.actor.name)}` : ' by hand';
  const how = alert
    ? `An alert of ${words(alert.source)} arrived at ${dateAndTime(alert.firstAt)}: ${words(alert.summary)}`
    : `The incident was opened${by} at ${dateAndTime(incident.openedAt)}.`;
  return `${how}\n\n${answered(incident)}`;
};

interface Deed {
  at: Instant;
  name: string;
  did: string;
}

/** Who was reached, and who did what, each person once. */
const people = ({ pages, entries }: Known): string => {
  const reached = pages
    .filter(({ handedOverAt }) => handedOverAt)
    .map(({ personName, handedOverAt, promisedAt, channel }): Deed => {
      const at = handedOverAt ?? promisedAt;
      return { at, name: personName, did: `reached by ${channel} at ${clockTime(at)}` };
    });
  const acted = entries
    .filter(({ actor }) => actor.kind === 'person' && actor.name)
    .map(({ actor, what, at }): Deed => ({ at, name: actor.name ?? '', did: `${what} at ${clockTime(at)}` }));
  const byName = Map.groupBy(
    [...reached, ...acted].toSorted((one, other) => (one.at < other.at ? -1 : 1)),
    ({ name }) => name,
  );
  const lines = [...byName].map(
    ([name, deeds]) => `- ${opening(name)}: ${words([...new Set(deeds.map(({ did }) => did))].join(', '))}`,
  );
  return lines.length > 0 ? fitting(lines) : 'Nobody was reached.';
};

const ticketLine = (ticket: ProviderTicket): string => {
  const { providerName, priority, subject, askedAt, answeredAt, reference } = ticket;
  const answer = answeredAt ? `answered after ${apart(askedAt, answeredAt)}` : 'not answered';
  const number = reference ? ` (${words(reference)})` : '';
  return `- ${dateAndTime(askedAt)}: asked ${words(providerName)} (${words(priority)}): ${words(subject)}${number}; ${answer}.`;
};

const likenessLine = ({ number, title, openedAt, helped }: SimilarIncidents['to'][number]): string =>
  `- Similar to \\#${number} “${words(title)}” of ${dateAndTime(openedAt)}.${helped ? ` What helped then: ${words(helped)}` : ''}`;

const response = ({ entries, tickets, similar }: Known): string => {
  const lines = [
    ...(similar?.to ?? []).map(likenessLine),
    ...entries.filter(({ what, refersTo }) => RESPONSE.includes(what) && !refersTo?.ticketId).map(line),
    ...tickets.map(ticketLine),
  ];
  return lines.length > 0 ? fitting(lines) : 'Nothing was recorded.';
};

const timeline = ({ entries }: Known): string =>
  fitting(entries.filter(({ what }) => !NOISE.includes(what)).map(line));

/** What a review begins with: what is known of its incident, in Markdown that shows exactly what others wrote. */
export const prefill = (known: Known): Prefilled => ({
  summary: summary(known),
  impact: impact(known),
  timeline: timeline(known),
  detection: detection(known),
  people: people(known),
  response: response(known),
});
