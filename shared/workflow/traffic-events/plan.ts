import { actorOf } from '../../domain/corrective/timeline.ts';
import { authoriseOr } from '../../domain/directory/access.ts';
import { derive } from '../../domain/id.ts';
import { invalid } from '../../domain/parse.ts';
import {
  PRE_CHECKS,
  type TrafficEvent,
  type TrafficEventBody,
} from '../../domain/proactive/traffic-event.ts';
import { plan } from '../../domain/proactive/traffic-plan.ts';
import { readTimes } from '../../domain/proactive/traffic-times.ts';
import type { Refused } from '../../domain/refused.ts';
import type { Caller } from '../caller.ts';
import { decideAgain } from '../commit.ts';
import type { Ports } from '../ports.ts';
import { aroundOf, guarded } from './around.ts';
import { type Warned, warned } from './read.ts';
import { insistOnReferences } from './references.ts';

/** The event that a body plans, before anybody is told of it. */
const draftOf = (body: TrafficEventBody, { draw }: Caller): TrafficEvent => ({
  kind: 'traffic-event',
  id: derive('trf', draw, 'traffic-event'),
  version: 1,
  createdAt: draw.now,
  updatedAt: draw.now,
  ...body,
  serviceIds: [...new Set(body.serviceIds)],
  ...readTimes(body, { now: draw.now }),
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
  const { principal, draw } = caller;
  authoriseOr(noSuchClient(), principal, { role: 'write', clientId: body.clientId });
  const draft = draftOf(body, caller);
  return decideAgain(
    ports,
    async () => {
      if (!(await ports.store.get({ kind: 'client', id: body.clientId }))) throw noSuchClient();
      const around = await aroundOf(ports, draft);
      await insistOnReferences(ports, draft, around);
      const decision = plan(draft, { around, draw, actor: actorOf(principal) });
      const { writes, state } = guarded(undefined, decision, draw);
      return { writes, result: warned(state, around) };
    },
    caller,
  );
};

const noSuchClient = (): Refused => invalid([{ path: 'body.clientId', message: 'there is no such client' }]);
