import { authoriseOr } from '../../domain/directory/access.ts';
import type { Client } from '../../domain/directory/client.ts';
import { FollowUp } from '../../domain/directory/follow-up.ts';
import { derive } from '../../domain/id.ts';
import { invalid } from '../../domain/parse.ts';
import type { ActionItem, ActionItemBody } from '../../domain/preventive/action-item/action-item.ts';
import { make } from '../../domain/preventive/action-item/life.ts';
import type { Refused } from '../../domain/refused.ts';
import { actorBy } from '../engine/actor-by.ts';
import type { Caller } from '../engine/caller.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';
import { itemWrites, loadContext } from './context.ts';
import { requireReferences } from './references.ts';

const MOST_CAUSES = 10;

/**
 * Gives somebody something to do, with a date and a way to prove it. Its owner hears of it at once.
 * @throws Refused `invalid` with the path of every field at fault, `forbidden`.
 */
export const makeItem = (ports: Ports, caller: Caller, body: ActionItemBody): Promise<ActionItem> =>
  commitWithRetry(
    ports,
    async () => {
      const { invocation, principal } = caller;
      authoriseOr(noSuchClient(), principal, { role: 'write', clientId: body.clientId });
      const client = await ports.store.get({ kind: 'client', id: body.clientId });
      if (!client) throw noSuchClient();
      const item = await drafted(ports, caller, { body, client });
      await requireReferences(ports, { item }, invocation.now);
      const [context, actor] = await Promise.all([loadContext(ports, item), actorBy(ports, caller, body.by)]);
      const { writes, state } = itemWrites(undefined, make(item, { context, invocation, actor }), invocation);
      return { writes, result: state };
    },
    caller,
  );

const drafted = async (
  ports: Ports,
  { invocation }: Caller,
  { body, client }: { body: ActionItemBody; client: Client },
): Promise<ActionItem> => {
  const { trackerId: wanted, by: _, ...fields } = body;
  const [causeIds, trackerId] = await Promise.all([causesOf(ports, body), trackerOf(ports, body)]);
  return {
    ...{ kind: 'action-item', id: derive('act', invocation, 'action-item'), version: 1 },
    ...{ createdAt: invocation.now, updatedAt: invocation.now },
    ...fields,
    ...{ causeIds, status: 'open', generation: 1, reopenings: 0, firstDueAt: fields.dueAt },
    followUp: FollowUp.parse(client.followUp ?? {}),
    ...(trackerId ? { link: { trackerId } } : {}),
  };
};

/** Those that were named, once each; where a review's causes are to stay away and none was named, that review's. */
const causesOf = async (
  ports: Ports,
  { causeIds, origin, verification, clientId }: ActionItemBody,
): Promise<string[]> => {
  const named = [...new Set(causeIds)];
  if (named.length > 0 || verification.type !== 'no-recurrence') return named;
  if (origin.type !== 'review' || !origin.id) return named;
  const found = new Set<string>();
  for await (const finding of listAll(ports, { of: 'finding', reviewId: origin.id }))
    if (finding.cause && finding.clientId === clientId) found.add(finding.cause.id);
  return [...found].slice(0, MOST_CAUSES);
};

/** The tracker that was named, or the client's first that takes every item. */
const trackerOf = async (
  ports: Ports,
  { trackerId, clientId }: ActionItemBody,
): Promise<string | undefined> => {
  if (trackerId) return trackerId;
  let first: string | undefined;
  for await (const { id, linksAll } of listAll(ports, { of: 'tracker', clientId })) if (linksAll) first = id;
  return first;
};

const noSuchClient = (): Refused =>
  invalid([{ path: 'body.clientId', message: 'must name an existing client' }]);
