import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import { isOver, reconcileLater } from '../../domain/corrective/incidents/lifecycle.ts';
import { timelineOf } from '../../domain/corrective/incidents/timeline.ts';
import { actorOf } from '../../domain/outbox/actor.ts';
import type { Dedup } from '../../domain/proactive/alerts/alert.ts';
import { lateness, newsOf } from '../../domain/proactive/alerts/intake.ts';
import { expiry } from '../../domain/time.ts';
import { type Attempt, commitWithRetry } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { type Arrival, known, monitor, type Outcome } from './arrival.ts';

/** How long a closed key is remembered, to reopen its incident or to know a late trigger. */
const REMEMBERED_FOR = 'P30D';

/**
 * The monitor says that it is over: the alert is resolved, and its incident with the last open one, by a settle.
 * Without an open alert it is dropped; from a source whose events can be late, a trigger that was said before it is too.
 */
export const resolveAlert = (ports: Ports, arrival: Arrival): Promise<Outcome> =>
  commitWithRetry(ports, async (): Promise<Attempt<Outcome>> => {
    const { dedup, incident } = await known(ports, arrival);
    const { event, invocation } = arrival;
    const late = dedup && lateness(event, dedup, invocation.now);
    if (late) return { writes: [], result: { dedupKey: event.dedupKey, reason: late } };
    if (!dedup?.open || !dedup.alertId || !incident) return remember(arrival, dedup);
    return close(ports, arrival, { dedup, alertId: dedup.alertId, incident });
  });

/** Nothing is open. What is news is remembered as over, so that its trigger, still on its way, opens nothing. */
const remember = (
  { event, invocation, integration }: Arrival,
  dedup: Dedup | undefined,
): Attempt<Outcome> => {
  const result = { dedupKey: event.dedupKey, reason: 'no-open-alert' };
  const news = newsOf(event, dedup);
  if (!news) return { writes: [], result };
  const { integrationId, clientId } = integration;
  const put: Dedup = {
    ...dedup,
    kind: 'dedup',
    integrationId,
    clientId,
    dedupKey: event.dedupKey,
    version: (dedup?.version ?? 0) + 1,
    open: false,
    ...news,
    resolvedAt: invocation.now,
    expiresAt: expiry(invocation.now, REMEMBERED_FOR),
  };
  return { writes: [{ put, guard: dedup?.version ?? 'new' }], result };
};

interface Open {
  dedup: Dedup;
  alertId: string;
  incident: Incident;
}

const close = async (
  ports: Ports,
  arrival: Arrival,
  { dedup, alertId, incident }: Open,
): Promise<Attempt<Outcome>> => {
  const { event, invocation, integration } = arrival;
  const alert = await ports.store.get({ kind: 'alert', id: alertId });
  if (!alert) throw new Error(`The alert ${alertId} of an open dedup key is missing.`);
  const resolved = {
    ...alert,
    status: 'resolved' as const,
    resolvedAt: invocation.now,
    updatedAt: invocation.now,
  };
  const closed = {
    ...dedup,
    ...newsOf(event, dedup),
    open: false,
    resolvedAt: invocation.now,
    version: dedup.version + 1,
    expiresAt: expiry(invocation.now, REMEMBERED_FOR),
  };
  const history = timelineOf(incident, invocation);
  history.write({
    what: 'alert-resolved',
    text: `Resolved by its monitor: ${alert.summary}`,
    reason: 'monitor-resolved',
    actor: actorOf(monitor(integration), integration.source),
    refersTo: { alertId },
  });
  // An incident that is over must still be: one that is opened again for this very alert is to be looked at.
  const reconcile: Write = isOver(incident)
    ? { check: incident, guard: incident.version }
    : { put: reconcileLater(incident, 'alert-resolved', invocation) };
  const writes: Write[] = [
    { put: { ...resolved, version: alert.version + 1 }, guard: alert.version },
    { put: closed, guard: dedup.version },
    { remove: { kind: 'open-alert', incidentId: incident.id, alertId } },
    ...history.entries.map((put): Write => ({ put })),
    reconcile,
  ];
  return {
    writes,
    result: { dedupKey: event.dedupKey, reason: 'alert-resolved', alertId, incidentId: incident.id },
  };
};
