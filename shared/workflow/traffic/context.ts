import type { Invocation } from '../../domain/id.ts';
import type { Decision } from '../../domain/outbox/decision.ts';
import type { Notice } from '../../domain/outbox/notice.ts';
import type { Context } from '../../domain/proactive/traffic/planner.ts';
import type { TrafficEvent } from '../../domain/proactive/traffic/traffic-event.ts';
import { Refused } from '../../domain/refused.ts';
import { all } from '../engine/list-all.ts';
import { planWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { clientNamed } from './planned.ts';

/** @throws Refused `not-found`. */
export const eventOf = async ({ store }: Ports, id: string): Promise<TrafficEvent> => {
  const event = await store.get({ kind: 'traffic-event', id });
  if (!event) throw new Refused('not-found', 'This traffic event does not exist.');
  return event;
};

/** Every notice of an event so far. */
export const noticesOf = (ports: Ports, subjectId: string): Promise<Notice[]> =>
  all(ports, { of: 'notice', subjectId });

const unique = (ids: string[]): string[] => [...new Set(ids)];

/** All that a decision about an event stands on, as it was committed; `was` is the event before a change. */
export const loadContext = async (
  ports: Ports,
  event: TrafficEvent,
  was?: TrafficEvent,
): Promise<Context> => {
  const serviceIds = unique([...event.serviceIds, ...(was?.serviceIds ?? [])]);
  const [services, people, notices, clientName] = await Promise.all([
    ports.store.getMany(serviceIds.map((id) => ({ kind: 'service' as const, id }))),
    ports.store.getMany(
      unique([event.ownerId, event.managerId]).map((id) => ({ kind: 'person' as const, id })),
    ),
    noticesOf(ports, event.id),
    clientNamed(ports, event.clientId),
  ]);
  const providerIds = unique([
    ...services.flatMap(({ providerId }) => providerId ?? []),
    ...(was ?? event).notices.map(({ providerId }) => providerId),
  ]);
  const providers = await ports.store.getMany(providerIds.map((id) => ({ kind: 'provider' as const, id })));
  const inOrder = providerIds.flatMap((id) => providers.find((provider) => provider.id === id) ?? []);
  return {
    clientName,
    services,
    providers: inOrder,
    owner: people.find(({ id }) => id === event.ownerId),
    manager: people.find(({ id }) => id === event.managerId),
    fallback: fallbackOf(ports),
    notices,
  };
};

const fallbackOf = ({ settings }: Ports): Context['fallback'] =>
  settings.fallbackContact && {
    id: 'fallback',
    name: 'the fallback contact',
    ...settings.fallbackContact,
    ours: true,
  };

/**
 * What a plan writes. One that leaves the event as it is still holds only for the version that it was decided on: an
 * answer that is committed meanwhile has it decided again.
 */
export const guarded = (
  was: TrafficEvent | undefined,
  plan: Decision<TrafficEvent>,
  invocation: Invocation,
): { writes: Write[]; state: TrafficEvent } => {
  const { writes, state } = planWrites(was, plan, invocation);
  if (!was || plan.state !== was || writes.length === 0) return { writes, state };
  return {
    writes: [{ check: { kind: 'traffic-event', id: was.id }, guard: was.version }, ...writes],
    state,
  };
};
