import type { Principal } from '../../domain/directory/access.ts';
import type { Credential } from '../../domain/directory/integration.ts';
import type { Invocation } from '../../domain/id.ts';
import type { Dedup } from '../../domain/proactive/alerts/alert.ts';
import type { AlertEvent } from '../../domain/proactive/alerts/alert-event.ts';
import type { Known } from '../../domain/proactive/alerts/intake.ts';
import type { Ports } from '../engine/ports.ts';

/** What an integration's key opens. */
export type IntegrationCredential = Extract<Credential['opens'], { type: 'integration' }>;

/** What became of one event. */
export interface Outcome {
  dedupKey: string;
  reason: string;
  alertId?: string;
  incidentId?: string;
}

/** One event on its way in: all that its decision stands on, but for what it reads. */
export interface Arrival {
  integration: IntegrationCredential;
  event: AlertEvent;
  invocation: Invocation;
}

/** What the monitor behind an integration may do: answer for its own client. */
export const monitor = (integration: IntegrationCredential): Principal => ({
  id: integration.integrationId,
  kind: 'integration',
  grants: [{ clientId: integration.clientId, role: 'write' }],
});

/** The current episode of the event's dedup key, and its incident: two strongly consistent reads. */
export const known = async (ports: Ports, { integration, event }: Arrival): Promise<Known> => {
  const { integrationId } = integration;
  const dedup = await ports.store.get({ kind: 'dedup', integrationId, dedupKey: event.dedupKey });
  const incident = dedup?.incidentId && (await ports.store.get({ kind: 'incident', id: dedup.incidentId }));
  return { dedup, incident: incident || undefined };
};

/** An arrival and the episode that its dedup key means so far. */
export type Placed = Arrival & { dedup: Dedup | undefined };
