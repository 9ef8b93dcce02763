import type { Principal } from '../../domain/directory/access.ts';
import type { Notice } from '../../domain/outbox/notice.ts';
import { everyFact, type Fact } from '../../domain/proactive/traffic/facts.ts';
import type { TrafficEvent } from '../../domain/proactive/traffic/traffic-event.ts';
import type { Instant } from '../../domain/time.ts';
import type { Ports } from '../engine/ports.ts';
import { noticesOf } from './context.ts';
import { clientNamed, servicesOf } from './planned.ts';
import { readable } from './read.ts';

/** Who was told what and when, and what came back: all of it can be shown to the client. */
export interface Proof {
  event: TrafficEvent;
  clientName: string;
  serviceNames: string[];
  /** What is known of the event, whoever asked for it. */
  facts: Fact[];
  /** Those to providers, oldest first: what we told each other is not in it. */
  notices: Notice[];
  /** When this was put together. */
  at: Instant;
}

/** @throws Refused `not-found` where the principal may not know of the event. */
export const proofOf = async (ports: Ports, principal: Principal, id: string): Promise<Proof> => {
  const event = await readable(ports, principal, id);
  const [clientName, services, notices] = await Promise.all([
    clientNamed(ports, event.clientId),
    servicesOf(ports, event),
    noticesOf(ports, id),
  ]);
  const toProviders = notices
    .filter(({ to }) => !to.ours)
    .toSorted((one, other) => (one.promisedAt < other.promisedAt ? -1 : 1));
  return {
    event,
    clientName,
    serviceNames: services.map(({ name }) => name),
    facts: everyFact(event, services),
    notices: toProviders,
    at: ports.clock.now(),
  };
};
