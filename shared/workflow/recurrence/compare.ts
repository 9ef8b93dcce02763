import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import type { Invocation } from '../../domain/id.ts';
import type { Effect } from '../../domain/outbox/timer.ts';
import { alertKeyOf, compared, type OpenedBy } from '../../domain/preventive/recurrence/comparison.ts';
import type { Fingerprint, KnownAlert } from '../../domain/preventive/recurrence/fingerprint.ts';
import { Refused } from '../../domain/refused.ts';
import { type Attempt, added, commitWithRetry } from '../engine/commit.ts';
import { type Doing, done } from '../engine/effect.ts';
import { newInvocation } from '../engine/invocation.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';

/** How many of a service's incidents a new one is compared with, newest first. */
const MOST_KNOWN = 50;
/** What could not be compared so often is left, and made good when the incident is resolved. */
const MOST_TRIES = 5;
/** What is promised about one incident at a time is less. */
const MOST_EFFECTS = 100;

/** Sees which incidents before it a new one looks like. Safe to repeat. */
export const compare = (ports: Ports, effect: Effect, what: Doing<'compare'>): Promise<string> => {
  const invocation = newInvocation(ports);
  return commitWithRetry(ports, async (): Promise<Attempt<string>> => {
    if (effect.attempts > MOST_TRIES) return { writes: [done(effect)], result: 'given-up' };
    const { writes, result } = await comparison(ports, what, invocation);
    return { writes: [...writes, done(effect)], result };
  });
};

/** Compares an incident now, if that was not done yet: it may still be promised, or be older than comparing is. */
export const ensureCompared = async (ports: Ports, incidentId: string): Promise<void> => {
  const invocation = newInvocation(ports);
  await commitWithRetry(ports, async (): Promise<Attempt<string>> => {
    const incident = await ports.store.get({ kind: 'incident', id: incidentId });
    if (!incident) return { writes: [], result: 'incident-is-gone' };
    if (await fingerprintOf(ports, incident)) return { writes: [], result: 'compared-already' };
    const { alert, finished } = await openedBy(ports, incidentId);
    const { writes, result } = await comparison(ports, { incidentId, alert }, invocation);
    return { writes: [...writes, ...finished], result };
  });
};

/** What an incident is known by; undefined when it was not compared yet. */
export const fingerprintOf = (
  { store }: Ports,
  { serviceId, id }: Pick<Incident, 'serviceId' | 'id'>,
): Promise<Fingerprint | undefined> => store.get({ kind: 'fingerprint', serviceId, incidentId: id });

/** An incident is compared once: its likeness says that it was, and all that comes of it is in the same commit. */
const comparison = async (
  ports: Ports,
  { incidentId, alert }: { incidentId: string; alert?: OpenedBy | undefined },
  invocation: Invocation,
): Promise<Attempt<string>> => {
  const { store } = ports;
  const [incident, reviewed] = await startOf(ports, { incidentId, alert });
  if (!incident) return { writes: [], result: 'incident-is-gone' };
  const { serviceId } = incident;
  const unreadable = (error: unknown): void => ports.telemetry.alarm('unreadable-likeness', error);
  const newest = { limit: MOST_KNOWN, unreadable };
  const { items } = await store.list({ of: 'fingerprint', serviceId, from: incidentId }, newest);
  const isThere = (id: string): boolean => items.some((fingerprint) => fingerprint.incidentId === id);
  if (isThere(incidentId)) return { writes: [], result: 'compared-already' };
  const older =
    reviewed && !isThere(reviewed.incidentId)
      ? await fingerprintOf(ports, { serviceId: reviewed.serviceId, id: reviewed.incidentId }).catch(
          unlessPassing(unreadable),
        )
      : undefined;
  const known = [...items, ...(older ? [older] : [])];
  const { fingerprint, rest, reason } = compared(incident, { alert, known }, invocation);
  return { writes: [added(fingerprint), ...rest.map((put): Write => ({ put }))], result: reason };
};

/** The incident, and by which one before it its alert is known: in one request, for this is done at every opening. */
const startOf = async (
  { store }: Ports,
  { incidentId, alert }: { incidentId: string; alert: OpenedBy | undefined },
): Promise<[Incident | undefined, KnownAlert | undefined]> => {
  const found = await store.getMany<'incident' | 'known-alert'>([
    { kind: 'incident', id: incidentId },
    ...(alert ? [{ kind: 'known-alert' as const, alertKey: alertKeyOf(alert) }] : []),
  ]);
  const incident = found.find((each) => each.kind === 'incident');
  return [incident, found.find((each) => each.kind === 'known-alert')];
};

const unlessPassing =
  (note: (error: unknown) => void) =>
  (error: unknown): undefined => {
    if (error instanceof Refused) throw error;
    note(error);
  };

/** The alert that opened an incident: as the promise to compare it says, or else its first. */
const openedBy = async (
  { store }: Ports,
  incidentId: string,
): Promise<{ alert: OpenedBy | undefined; finished: Write[] }> => {
  const { items } = await store.list({ of: 'effect', subjectId: incidentId }, { limit: MOST_EFFECTS });
  for (const effect of items)
    if (effect.perform.type === 'compare') return { alert: effect.perform.alert, finished: [done(effect)] };
  const alerts = await store.list({ of: 'alert', incidentId }, { limit: 1 });
  return { alert: alerts.items[0], finished: [] };
};
