import { derive, type Invocation } from '../../domain/id.ts';
import { actorOf } from '../../domain/outbox/actor.ts';
import type { AlertEvent, ChangeEvent } from '../../domain/proactive/alerts/alert-event.ts';
import type { Meaning } from '../../domain/proactive/alerts/intake.ts';
import { meaningOf } from '../../domain/proactive/alerts/intake.ts';
import { expiry } from '../../domain/time.ts';
import { type Attempt, commitWithRetry } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import { acknowledgeBy } from '../incidents/actions.ts';
import { loadOpeningContext } from '../incidents/escalation-context.ts';
import {
  type Arrival,
  type IntegrationCredential,
  known,
  monitor,
  type Outcome,
  type Placed,
} from './arrival.ts';
import { countRepeat } from './count-repeat.ts';
import { join, newsWrites, openOrJoin, raise, reopenFor } from './open-incident.ts';
import { resolveAlert } from './resolve-alert.ts';

/**
 * Takes one event of a monitor: opens an incident, joins one, counts a repeat, resolves an alert or acknowledges.
 * When it resolves, what the event means is committed. The same event again is a repeat. A draw is for one event.
 */
export const receiveAlert = async (
  ports: Ports,
  integration: IntegrationCredential,
  event: AlertEvent,
  invocation: Invocation,
): Promise<Outcome> => {
  const arrival = { integration, event, invocation };
  if (event.action === 'trigger') return trigger(ports, arrival);
  if (event.action === 'resolve') return resolveAlert(ports, arrival);
  return acknowledgeAlert(ports, arrival);
};

const trigger = async (ports: Ports, arrival: Arrival): Promise<Outcome> => {
  const outcome = await commitWithRetry(ports, () => decideTrigger(ports, arrival));
  if (outcome.reason === 'duplicate' && outcome.alertId)
    await countRepeat(ports, outcome.alertId, arrival.invocation.now);
  if (outcome.reason === 'first' || outcome.reason === 'new-episode')
    ports.telemetry.count('IncidentsOpened');
  return outcome;
};

const decideTrigger = async (ports: Ports, arrival: Arrival): Promise<Attempt<Outcome>> => {
  const { event, invocation, integration } = arrival;
  const what = await known(ports, arrival);
  // A repeat is the hot path: the service is read only where it can matter.
  const open = what.dedup?.open && what.incident && what.incident.status !== 'resolved';
  const reopenWindow = open
    ? 'PT0S'
    : (await loadOpeningContext(ports, integration.serviceId, invocation.now)).service.reopenWindow;
  const meaning = meaningOf(event, what, { service: { reopenWindow }, now: invocation.now });
  return perform(ports, { ...arrival, dedup: what.dedup }, meaning);
};

const perform = async (ports: Ports, placed: Placed, meaning: Meaning): Promise<Attempt<Outcome>> => {
  const { dedupKey } = placed.event;
  switch (meaning.is) {
    case 'ignored':
      return { writes: [], result: { dedupKey, reason: meaning.reason } };
    case 'repeat':
      return repeat(placed, meaning);
    case 'worse':
      return raise(ports, placed, meaning.incident);
    case 'back':
      return join(ports, placed, { incident: meaning.incident, reason: meaning.reason });
    case 'reopening':
      return reopenFor(ports, placed, meaning.incident);
    case 'new':
      return openOrJoin(ports, placed, meaning.reason);
  }
};

/** Nothing is written but, later, the count; only what is news about the same problem is remembered. */
const repeat = (placed: Placed, { incident, reason }: Meaning & { is: 'repeat' }): Attempt<Outcome> => {
  const { dedup, event } = placed;
  const result: Outcome = { dedupKey: event.dedupKey, reason, incidentId: incident.id };
  if (dedup?.alertId) result.alertId = dedup.alertId;
  return { writes: newsWrites(placed), result };
};

/** A monitor's acknowledgement is one of the alert's incident; without an open alert it is dropped. */
const acknowledgeAlert = async (ports: Ports, arrival: Arrival): Promise<Outcome> => {
  const { dedupKey } = arrival.event;
  const { dedup, incident } = await known(ports, arrival);
  if (!dedup?.open || !incident) return { dedupKey, reason: 'no-open-alert' };
  const principal = monitor(arrival.integration);
  const by = { actor: actorOf(principal, arrival.integration.source), by: principal.id };
  const { reason } = await acknowledgeBy(ports, incident.id, { ...by, invocation: arrival.invocation });
  return { dedupKey, reason, incidentId: incident.id, ...(dedup.alertId ? { alertId: dedup.alertId } : {}) };
};

/** Keeps a change event for 90 days, to be shown beside incidents. Never pages. */
export const receiveChange = async (
  ports: Ports,
  integration: IntegrationCredential,
  event: ChangeEvent,
  invocation: Invocation,
): Promise<{ reason: string; changeId: string }> => {
  const id = derive('chg', invocation, 'change');
  const put = {
    kind: 'change' as const,
    id,
    ...event,
    version: 1,
    createdAt: invocation.now,
    updatedAt: invocation.now,
    clientId: integration.clientId,
    serviceId: integration.serviceId,
    integrationId: integration.integrationId,
    receivedAt: invocation.now,
    expiresAt: expiry(invocation.now, 'P90D'),
  };
  return commitWithRetry(ports, async () => ({
    writes: [{ put }],
    result: { reason: 'change-kept', changeId: id },
  }));
};
