import type { Integration } from '../../domain/directory/integration.ts';
import { cloudwatch, integrationNamedIn } from '../../sources/cloudwatch.ts';
import type { Ports } from '../engine/ports.ts';
import { receiveAll } from './receive-all.ts';

const firstOf = async (ports: Ports, ids: string[]): Promise<Integration | undefined> => {
  for (const id of ids) {
    const integration = await ports.store.get({ kind: 'integration', id });
    if (integration?.source === 'cloudwatch') return integration;
  }
  return undefined;
};

/**
 * Takes an alarm's change of state from the event bus as an alert of the integration that the alarm names, or else of
 * the installation's own. Gives the reason of what became of it; an account has many alarms that are for nobody here.
 * @throws when the event is not as AWS documents it, or none of the integrations that are to have it exists: it must
 * end where somebody looks.
 */
export const receiveAlarm = async (ports: Ports, event: unknown): Promise<string> => {
  const invocation = { now: ports.clock.now(), id: ports.newId() };
  const request = { path: '', contentType: 'application/json', query: {}, body: event };
  const { alerts, changes, ignored } = cloudwatch.read(request, invocation);
  const ids = [integrationNamedIn(event), ports.settings.alarmIntegrationId].filter((id) => id !== undefined);
  if (ids.length === 0) return 'for-nobody-here';
  const found = await firstOf(ports, ids);
  if (!found)
    throw new Error(`The alarm ${alerts[0]?.dedupKey} is for ${ids.join(' or ')}: no such integration.`);
  if (ignored) return ignored;
  const { id: integrationId, clientId, serviceId, source } = found;
  const integration = { type: 'integration' as const, integrationId, clientId, serviceId, source };
  const [outcome] = await receiveAll(ports, { integration, alerts, changes, invocation });
  ports.telemetry.count('AlertsAccepted');
  return outcome?.reason ?? 'nothing-to-do';
};
