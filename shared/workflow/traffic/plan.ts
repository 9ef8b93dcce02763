import { authoriseOr } from '../../domain/directory/access.ts';
import { derive } from '../../domain/id.ts';
import { actorOf } from '../../domain/outbox/actor.ts';
import { invalid } from '../../domain/parse.ts';
import { plan } from '../../domain/proactive/traffic/planning.ts';
import { readTimes } from '../../domain/proactive/traffic/times.ts';
import {
  PRE_CHECKS,
  type TrafficEvent,
  type TrafficEventBody,
} from '../../domain/proactive/traffic/traffic-event.ts';
import type { Refused } from '../../domain/refused.ts';
import type { Caller } from '../engine/caller.ts';
import { commitWithRetry } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import { guarded, loadContext } from './context.ts';
import { type Warned, warned } from './read.ts';
import { requireReferences } from './references.ts';

/** The event that a body plans, before anybody is told of it. */
const draftOf = (body: TrafficEventBody, { invocation }: Caller): TrafficEvent => ({
  kind: 'traffic-event',
  id: derive('trf', invocation, 'traffic-event'),
  version: 1,
  createdAt: invocation.now,
  updatedAt: invocation.now,
  ...body,
  serviceIds: [...new Set(body.serviceIds)],
  ...readTimes(body, { now: invocation.now }),
  status: 'planned',
  generation: 1,
  notices: [],
  preChecks: body.preChecks ?? PRE_CHECKS,
});

/**
 * Plans traffic: providers are told at once, as far as all is known that they ask for; what is wrong is told too.
 * @throws Refused `invalid` with the path of every field at fault, `forbidden`.
 */
export const planEvent = async (ports: Ports, caller: Caller, body: TrafficEventBody): Promise<Warned> => {
  const { principal, invocation } = caller;
  authoriseOr(noSuchClient(), principal, { role: 'write', clientId: body.clientId });
  const draft = draftOf(body, caller);
  return commitWithRetry(
    ports,
    async () => {
      if (!(await ports.store.get({ kind: 'client', id: body.clientId }))) throw noSuchClient();
      const context = await loadContext(ports, draft);
      await requireReferences(ports, draft, context);
      const decision = plan(draft, { context, invocation, actor: actorOf(principal) });
      const { writes, state } = guarded(undefined, decision, invocation);
      return { writes, result: warned(state, context) };
    },
    caller,
  );
};

const noSuchClient = (): Refused =>
  invalid([{ path: 'body.clientId', message: 'must name an existing client' }]);
