import { actorOf } from '../../domain/outbox/actor.ts';
import { acknowledge, checkOff, report } from '../../domain/proactive/traffic/answer.ts';
import type { OutcomeBody } from '../../domain/proactive/traffic/traffic-event.ts';
import type { Writer } from '../directory/crud.ts';
import { actorBy } from '../engine/actor-by.ts';
import type { Ports } from '../engine/ports.ts';
import { write } from './change.ts';
import type { Warned } from './read.ts';

/** Ticks off a check, as the caller or as the person that they name. */
export const checkOffFor = async (
  ports: Ports,
  caller: Writer,
  { id, check, by }: { id: string; check: string; by?: string | undefined },
): Promise<Warned> => {
  const actor = await actorBy(ports, caller, by);
  const doing = { by: actor.id, actor, invocation: caller.invocation };
  return write(ports, caller, { id, decide: (event) => checkOff(event, check, doing) });
};

/** How an event went, for whoever plans the next one. */
export const reportOutcome = (
  ports: Ports,
  caller: Writer,
  { id, outcome }: { id: string; outcome: OutcomeBody },
): Promise<Warned> => {
  const { principal, invocation } = caller;
  const doing = { by: principal.id, actor: actorOf(principal), invocation };
  return write(ports, caller, { id, decide: (event) => report(event, outcome, doing) });
};

/** What a provider said by phone: `by` is who said it. */
export const acknowledgeByHand = (
  ports: Ports,
  caller: Writer,
  { id, providerId, ...said }: { id: string; providerId: string; by: string; answer?: string | undefined },
): Promise<Warned> => {
  const actor = actorOf(caller.principal);
  return write(ports, caller, {
    id,
    decide: (event) => acknowledge(event, { providerId, ...said, actor, invocation: caller.invocation }),
  });
};
