import { ActionItemBody } from '../../shared/domain/preventive/action-item/action-item.ts';
import type { Review } from '../../shared/domain/preventive/review/review.ts';
import { completeItem, verifyItem } from '../../shared/workflow/action-items/actions.ts';
import { makeItem } from '../../shared/workflow/action-items/make.ts';
import { itemOf } from '../../shared/workflow/action-items/read.ts';
import { actionItems } from '../../shared/workflow/action-items/tasks.ts';
import { commitWithRetry } from '../../shared/workflow/engine/commit.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import { listAll } from '../../shared/workflow/engine/list-all.ts';
import { type Cast, callerOf } from './demo-cast.ts';
import type { Past } from './demo-past.ts';

const GIVEN = '2017-02-03T15:00:00.000Z';
const LOOKED = '2017-04-03T09:00:00.000Z';
const STAYED_AWAY = '2017-06-15T09:00:00.000Z';

const looking = (statement: string) => ({ type: 'statement', statement, lookAgainAt: LOOKED });

const ITEMS = [
  {
    title: 'Restore the newest backup every day by a machine, and check what comes out',
    ...{ type: 'automation', priority: 'urgent', owner: 'first' as const, dueAt: '2017-02-17T17:00:00.000Z' },
    verification: looking(
      'On each of the last 30 days a backup was restored, and its newest row was of that day.',
    ),
    done: '2017-02-16T11:00:00.000Z',
  },
  {
    title: 'Raise an alarm when the newest backup is missing, empty or older than a day',
    ...{
      type: 'monitoring',
      priority: 'urgent',
      owner: 'second' as const,
      dueAt: '2017-02-10T17:00:00.000Z',
    },
    verification: looking('A backup that was left out on purpose raised an alarm within the hour.'),
    done: '2017-02-09T16:00:00.000Z',
    // The first look found a hole, as first looks do.
    failed: 'An empty file counted as a backup.',
    again: '2017-04-10T10:00:00.000Z',
  },
  {
    title: 'Archive the log of changes, so that any moment can be restored',
    ...{
      type: 'long-term-fix',
      priority: 'high',
      owner: 'first' as const,
      dueAt: '2017-03-10T17:00:00.000Z',
    },
    verification: { type: 'no-recurrence', for: 'P90D' },
    cause: 'configuration',
    done: '2017-03-09T15:00:00.000Z',
  },
  {
    title: 'Write down how a standby is built anew, and show the server and its role at every prompt',
    ...{ type: 'runbook', priority: 'high', owner: 'second' as const, dueAt: '2017-02-24T17:00:00.000Z' },
    verification: looking('Somebody who had never done it built a standby anew by the runbook alone.'),
    done: '2017-02-22T10:00:00.000Z',
  },
  {
    title: 'Name somebody who answers for the backups of every database',
    ...{ type: 'process', priority: 'medium', owner: 'second' as const, dueAt: '2017-02-15T17:00:00.000Z' },
    verification: looking('Every database has a name beside it, and that person knows it.'),
    done: '2017-02-14T09:00:00.000Z',
  },
] as const;

/** Gives the demo's people what is to be done; what is given back goes on with it until all of it is proven. */
export const doDemoActions = async (then: Past, review: Review, cast: Cast): Promise<() => Promise<void>> => {
  const { ports, at } = then;
  at(GIVEN);
  const causes = new Map<string, string>();
  for await (const { cause } of listAll(ports, { of: 'finding', reviewId: review.id }))
    if (cause) causes.set(cause.type, cause.id);
  const kept = new Map<string, string>();
  for await (const { id, title } of listAll(ports, { of: 'action-item', originId: review.id }))
    kept.set(title, id);
  const made: { id: string; item: (typeof ITEMS)[number] }[] = [];
  for (const item of ITEMS) {
    const { title, type, priority, dueAt, verification } = item;
    const cause = 'cause' in item ? causes.get(item.cause) : undefined;
    const body = ActionItemBody.parse({
      ...{
        clientId: review.clientId,
        serviceId: review.serviceId,
        title,
        type,
        priority,
        dueAt,
        verification,
      },
      ...{ ownerId: cast[item.owner].id, origin: { type: 'review', id: review.id }, by: cast.first.id },
      causeIds: cause ? [cause] : [],
    });
    made.push({ id: kept.get(title) ?? (await makeItem(ports, callerOf(ports), body)).id, item });
  }
  return async () => {
    for (const { id, item } of made) await carryThrough(then, { id, item }, cast);
  };
};

/** Done in time, looked at by the lead, and proven: one of them at the second try. Goes on from where it is. */
const carryThrough = async (
  then: Past,
  { id, item }: { id: string; item: (typeof ITEMS)[number] },
  cast: Cast,
): Promise<void> => {
  const { ports, at } = then;
  const by = cast[item.owner].id;
  const kept = await itemOf(ports, id);
  if (kept?.status === 'proven') return;
  at(item.done);
  if (kept?.reopenings === 0) await completeItem(ports, callerOf(ports), { id, by });
  if (item.verification.type !== 'statement') return prove(then, id);
  at(LOOKED);
  if ('failed' in item) {
    if (kept?.reopenings === 0)
      await verifyItem(ports, callerOf(ports), { id, by: cast.lead.id, holds: false, note: item.failed });
    at(item.again);
    await completeItem(ports, callerOf(ports), { id, by, note: 'Empty files count as missing now.' });
  }
  await verifyItem(ports, callerOf(ports), { id, by: cast.lead.id, holds: true });
};

/** What its timer would have done. */
const prove = async ({ ports, at }: Past, id: string): Promise<void> => {
  at(STAYED_AWAY);
  const generation = (await actionItems.generationOf(ports, id)) ?? 0;
  const invocation = newInvocation(ports);
  await commitWithRetry(ports, () =>
    actionItems.runTask(ports, { subjectId: id, generation, task: 'prove' }, invocation),
  );
};
