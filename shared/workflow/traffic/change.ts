import * as z from 'zod';
import { actorOf } from '../../domain/outbox/actor.ts';
import type { Decision } from '../../domain/outbox/decision.ts';
import { parse } from '../../domain/parse.ts';
import { cancel, change, type Deciding } from '../../domain/proactive/traffic/planning.ts';
import { readTimes } from '../../domain/proactive/traffic/times.ts';
import {
  type PreCheck,
  type TrafficEvent,
  TrafficEventBody,
} from '../../domain/proactive/traffic/traffic-event.ts';
import { Refused } from '../../domain/refused.ts';
import { requireVersion, type Writer } from '../directory/crud.ts';
import { mergePatch } from '../directory/merge-patch.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { findFor } from '../engine/find-for.ts';
import type { Ports } from '../engine/ports.ts';
import { guarded, loadContext } from './context.ts';
import { type Warned, warned } from './read.ts';
import { requireReferences } from './references.ts';

/** What is written: the event that the caller may change, as `decide` changes it. */
export const write = (
  ports: Ports,
  caller: Writer,
  {
    id,
    decide,
    to = (event) => event,
  }: {
    id: string;
    /** The event as the caller wants it. */
    to?: (event: TrafficEvent) => TrafficEvent;
    decide: (event: TrafficEvent, wanted: TrafficEvent, deciding: Deciding) => Decision<TrafficEvent>;
  },
): Promise<Warned> =>
  commitWithRetry(
    ports,
    async () => {
      const { principal, invocation, ifMatch } = caller;
      const event = await findFor(ports, principal, { kind: 'traffic-event', id, role: 'write' });
      requireVersion(event, ifMatch);
      const wanted = to(event);
      const context = await loadContext(ports, wanted, event);
      if (wanted !== event) await requireReferences(ports, wanted, context);
      const plan = decide(event, wanted, { context, invocation, actor: actorOf(principal) });
      const { writes, state } = guarded(event, plan, invocation);
      return { writes, result: warned(state, context) };
    },
    caller,
  );

/**
 * Changes an event by a merge patch. Whoever was told of it is told what changed, and asked again.
 * @throws Refused `not-found`, `stale`, `invalid`; `illegal-move` once it is cancelled or over.
 */
export const changeEvent = (
  ports: Ports,
  caller: Writer,
  { id, patch }: { id: string; patch: object },
): Promise<Warned> => {
  const to = (event: TrafficEvent): TrafficEvent => {
    requirePlanned(event);
    return merged(event, patch, caller.invocation.now);
  };
  return write(ports, caller, { id, to, decide: change });
};

const requirePlanned = ({ status }: TrafficEvent): void => {
  if (status === 'planned') return;
  throw new Refused('illegal-move', `This event is ${status}. Plan a new one instead.`);
};

const FIELDS = Object.keys(TrafficEventBody.shape);

/** The event with the patch on it; the whole is checked again as if it were new. */
const merged = (event: TrafficEvent, patch: object, now: string): TrafficEvent => {
  const { preChecks: checks } = event;
  const fields = Object.fromEntries(Object.entries(event).filter(([name]) => FIELDS.includes(name)));
  const current = { ...fields, preChecks: checks.map(({ id, label }) => ({ id, label })) };
  const schema = TrafficEventBody.extend({
    clientId: z.literal(event.clientId, 'cannot be changed: plan another one instead'),
  });
  const { preChecks = [], ...body } = parse(schema, mergePatch(current, patch), 'body');
  const kept = Object.fromEntries(Object.entries(event).filter(([name]) => !FIELDS.includes(name)));
  return {
    ...(kept as Omit<TrafficEvent, keyof TrafficEventBody>),
    ...body,
    serviceIds: [...new Set(body.serviceIds)],
    ...readTimes(body, { now, before: event }),
    preChecks: preChecks.map((check) => ticked(check, checks)),
  } as TrafficEvent;
};

/** What was ticked off stays so. */
const ticked = (check: PreCheck, before: PreCheck[]): PreCheck => ({
  ...before.find(({ id }) => id === check.id),
  ...check,
});

/** Tells everybody who was told that it does not come. Doing so again is an outcome. */
export const cancelEvent = (
  ports: Ports,
  caller: Writer,
  { id, reason }: { id: string; reason?: string | undefined },
): Promise<Warned> =>
  write(ports, caller, {
    id,
    decide: (event, _wanted, deciding) => {
      if (event.status === 'over')
        throw new Refused('illegal-move', 'This event is over and cannot be cancelled.');
      return cancel(event, { ...deciding, why: reason });
    },
  });
