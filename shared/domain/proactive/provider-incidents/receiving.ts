import { changed } from '../../aggregate.ts';
import { derive, type Invocation } from '../../id.ts';
import { cut } from '../../one-line.ts';
import { type Effect, newEffect } from '../../outbox/timer.ts';
import type { ProviderIncident } from './provider-incident.ts';
import type { Report } from './report.ts';

const LONGEST_LINE = 1500;

/** Where a report comes from. */
export interface Origin {
  providerId: string;
  providerName: string;
  source: 'feed' | 'mail';
}

/** What hearing of a provider's trouble comes to; the very incident that was given when nothing is new. */
export interface Heard {
  state: ProviderIncident | undefined;
  reason: 'opened' | 'over-before-it-was-known' | 'unchanged' | 'updated' | 'came-back' | 'over';
}

/** Opens what is new, once; follows what changed; ends what is over. */
export const receive = (
  known: ProviderIncident | undefined,
  { report, origin }: { report: Report; origin: Origin },
  invocation: Invocation,
): Heard => {
  if (!known && report.over) return { state: undefined, reason: 'over-before-it-was-known' };
  if (!known) return { state: opened(report, origin, invocation), reason: 'opened' };
  return isNews(known, report)
    ? followed(known, { report, origin }, invocation)
    : { state: known, reason: 'unchanged' };
};

const followed = (
  known: ProviderIncident,
  { report, origin }: { report: Report; origin: Origin },
  invocation: Invocation,
): Heard => {
  const { startedAt, externalId: _, ...said } = report;
  const news = { ...said, source: known.source === 'feed' ? ('feed' as const) : origin.source };
  if (report.over)
    return { state: changed(known, invocation.now, { ...news, resolvedAt: invocation.now }), reason: 'over' };
  if (!known.over) return { state: changed(known, invocation.now, news), reason: 'updated' };
  const back = { ...news, resolvedAt: undefined, startedAt };
  return { state: changed(known, invocation.now, back), reason: 'came-back' };
};

const opened = (report: Report, origin: Origin, invocation: Invocation): ProviderIncident => ({
  kind: 'provider-incident',
  id: derive('pvi', invocation, `${origin.providerId}/${report.externalId}`),
  version: 1,
  createdAt: invocation.now,
  updatedAt: invocation.now,
  ...origin,
  ...report,
});

/** What was ended stays as it is, whatever else is said of it. */
const isNews = (known: ProviderIncident, report: Report): boolean => {
  if (known.over && report.over) return false;
  const told = ['title', 'impact', 'status', 'over', 'lastUpdate'] as const;
  return told.some((field) => report[field] !== undefined && report[field] !== known[field]);
};

/** A feed that lists only what is not over does not list it any more. */
export const vanish = (known: ProviderIncident, invocation: Invocation): Heard => {
  if (known.over) return { state: known, reason: 'unchanged' };
  const gone = { over: true, status: 'resolved', resolvedAt: invocation.now };
  return { state: changed(known, invocation.now, gone), reason: 'over' };
};

const OUTCOME: Partial<Record<Heard['reason'], string>> = {
  'came-back': 'reopened: ',
  over: 'resolved: ',
};

/** What the timelines of our own incidents say of it. */
export const lineOf = ({ state: incident, reason }: Heard & { state: ProviderIncident }): string => {
  const { title, impact, status, lastUpdate, link } = incident;
  const said = reason !== 'over' && lastUpdate ? ` ${lastUpdate}` : '';
  const words = `The hosting provider reports: ${OUTCOME[reason] ?? ''}${title} (${impact}, ${status}).${said}`;
  return `${cut(words, LONGEST_LINE)}${link ? ` ${link}` : ''}`;
};

/** The promise to tell everybody on that provider: in chunks, for they can be many. */
export const fanOutLater = ({ id }: ProviderIncident, line: string, invocation: Invocation): Effect =>
  newEffect(
    { subjectId: id, clientId: '*' },
    { label: `spread/${id}`, perform: { type: 'fan-out', providerIncidentId: id, line, at: invocation.now } },
    invocation,
  );
