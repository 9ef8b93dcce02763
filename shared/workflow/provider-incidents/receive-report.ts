import type { Provider } from '../../domain/directory/provider.ts';
import type { Invocation } from '../../domain/id.ts';
import type { ProviderIncident } from '../../domain/proactive/provider-incidents/provider-incident.ts';
import {
  fanOutLater,
  type Heard,
  lineOf,
  type Origin,
  receive,
  vanish,
} from '../../domain/proactive/provider-incidents/receiving.ts';
import type { Report } from '../../domain/proactive/provider-incidents/report.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { newInvocation } from '../engine/invocation.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';

/** How far back a provider's incidents are looked through for those that are not over. */
const MOST_RECENT = 100;

/** A provider's incidents that are not over, newest first. */
export const openIncidentsOf = async (ports: Ports, providerId: string): Promise<ProviderIncident[]> => {
  const recent = await ports.store.list({ of: 'provider-incident', providerId }, { limit: MOST_RECENT });
  return recent.items.filter(({ over }) => !over);
};

/** Opens, follows or ends one of a provider's incidents; the same report twice is the same as once. */
export const receiveReport = (
  ports: Ports,
  { provider, source }: { provider: Provider; source: Origin['source'] },
  report: Report,
): Promise<Heard> => {
  const invocation = newInvocation(ports);
  const origin: Origin = { providerId: provider.id, providerName: provider.name, source };
  const { externalId } = report;
  return commitWithRetry(ports, async () => {
    const key = await ports.store.get({ kind: 'provider-incident-key', providerId: provider.id, externalId });
    const known = key
      ? await ports.store.get({ kind: 'provider-incident', id: key.incidentId })
      : await sameByLink(ports, provider, report);
    const heard = receive(known, { report, origin }, invocation);
    const { state } = heard;
    if (!state || (state === known && key)) return { writes: [], result: heard };
    const naming: Write[] = key
      ? []
      : [
          {
            put: {
              kind: 'provider-incident-key',
              providerId: provider.id,
              externalId,
              incidentId: state.id,
            },
            guard: 'new',
          },
        ];
    return { writes: [...told(known, { ...heard, state }, invocation), ...naming], result: heard };
  });
};

/** A mail may have told of it before the feed did, or the other way round: the link is the same. */
const sameByLink = async (ports: Ports, provider: Provider, { link }: Report) =>
  link ? (await openIncidentsOf(ports, provider.id)).find((open) => open.link === link) : undefined;

const told = (
  known: ProviderIncident | undefined,
  heard: Heard & { state: ProviderIncident },
  invocation: Invocation,
): Write[] =>
  heard.state === known
    ? []
    : [
        { put: heard.state, guard: known ? known.version : 'new' },
        { put: fanOutLater(heard.state, lineOf(heard), invocation) },
      ];

/** What the feed lists no more is over. */
export const onSilence = (ports: Ports, { id }: ProviderIncident): Promise<Heard['reason']> => {
  const invocation = newInvocation(ports);
  return commitWithRetry(ports, async () => {
    const known = await ports.store.get({ kind: 'provider-incident', id });
    if (!known) return { writes: [], result: 'unchanged' as const };
    const { state = known, reason } = vanish(known, invocation);
    return { writes: told(known, { state, reason }, invocation), result: reason };
  });
};
