import type { Incident } from '../../corrective/incidents/incident.ts';
import { timelineOf } from '../../corrective/incidents/timeline.ts';
import { digest, type Invocation } from '../../id.ts';
import { cut, oneLine } from '../../one-line.ts';
import type { HistoryEntry } from '../../outbox/history.ts';
import { type Effect, newEffect } from '../../outbox/timer.ts';
import type { Instant } from '../../time.ts';
import type { CauseSighting } from './cause.ts';
import type { Fingerprint, SimilarIncidents } from './fingerprint.ts';
import { aloud, causesOfAlert, type Match, recognise } from './recognise.ts';
import { wordsOf } from './words-of.ts';

const LONGEST_TITLE = 200;
const LONGEST_LINE = 400;

/** The alert that opened an incident. */
export interface OpenedBy {
  integrationId: string;
  dedupKey: string;
}

/** What a comparison leaves behind: the incident's own likeness, whose being there says that it was compared. */
export interface Comparison {
  fingerprint: Fingerprint;
  rest: (SimilarIncidents | HistoryEntry | CauseSighting | Effect)[];
  /** `recognised` or `nothing-alike`. */
  reason: string;
}

/**
 * Compares a new incident with what its service's incidents before it are known by, newest first. What the same alert
 * is known to come of is taken to have come up again, until somebody has looked; words alone only say so.
 */
export const compared = (
  incident: Incident,
  { alert, known }: { alert: OpenedBy | undefined; known: Fingerprint[] },
  invocation: Invocation,
): Comparison => {
  const newcomer = fingerprintOf(incident, alert);
  const causeIds = causesOfAlert(newcomer, known);
  const to = recognise(newcomer, known);
  const fingerprint = { ...newcomer, causeIds };
  if (to.length === 0) return { fingerprint, rest: [], reason: 'nothing-alike' };
  const { id: incidentId, clientId } = incident;
  const similar: SimilarIncidents = {
    kind: 'similar-incidents',
    incidentId,
    clientId,
    at: invocation.now,
    to,
  };
  const again = causeIds.flatMap((causeId) => [
    sighted(incident, causeId, 'alert-key'),
    reopenForRecurrenceLater(incident, causeId, invocation.now),
  ]);
  return { fingerprint, rest: [similar, lineOf(incident, to, invocation), ...again], reason: 'recognised' };
};

/** What an alert is known by, without naming it. */
export const alertKeyOf = ({ integrationId, dedupKey }: OpenedBy): string =>
  digest(`${integrationId}/${dedupKey}`);

const fingerprintOf = (incident: Incident, alert: OpenedBy | undefined): Fingerprint => ({
  kind: 'fingerprint',
  serviceId: incident.serviceId,
  incidentId: incident.id,
  clientId: incident.clientId,
  version: 1,
  number: incident.number,
  title: cut(oneLine(incident.title), LONGEST_TITLE),
  openedAt: incident.openedAt,
  ...(alert ? { alertKey: alertKeyOf(alert) } : {}),
  words: wordsOf(incident),
  causeIds: [],
});

/** That a cause came up in an incident. */
export const sighted = (
  { id: incidentId, clientId, openedAt: at }: Incident,
  causeId: string,
  how: CauseSighting['how'],
): CauseSighting => ({ kind: 'cause-sighting', causeId, incidentId, clientId, at, how });

/** The promise to open what should have prevented a cause. Of one cause and incident there is one, whoever makes it. */
export const reopenForRecurrenceLater = (
  { id: incidentId, clientId }: Incident,
  causeId: string,
  now: Instant,
): Effect =>
  newEffect(
    { subjectId: causeId, clientId },
    { label: `recur/${causeId}`, perform: { type: 'reopen-for-recurrence', causeId, incidentId } },
    { now, id: incidentId.slice('inc_'.length) },
  );

const lineOf = (incident: Incident, to: Match[], invocation: Invocation): HistoryEntry => {
  const [first, ...others] = to as [Match, ...Match[]];
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  const helped = first.helped ? `What helped then: ${first.helped}` : 'No resolution was recorded.';
  const words = `Looks like #${first.number} of ${first.openedAt.slice(0, 10)} (${aloud(first)})${more}. ${helped}`;
  const history = timelineOf(incident, invocation);
  history.write({
    what: 'recognised',
    text: cut(oneLine(words), LONGEST_LINE),
    reason: first.because[0] ?? 'text',
    refersTo: { incidentId: first.incidentId },
  });
  return history.entries[0] as HistoryEntry;
};
