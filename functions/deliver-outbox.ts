/**
 * When: the table's stream brings promises that were just committed (on one machine, the commit itself does).
 * What: sends pages, performs effects, and arms timers, all of a batch at once.
 * Safe to repeat: each is claimed before it is performed, and arming a timer twice is arming it once. Only trouble with
 * the store fails a record; a page that cannot be sent is an outcome. What is lost here, the sweep makes good.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { backgroundFunction } from '../shared/edge/lambda.ts';
import { ports } from '../shared/edge/ports.ts';
import { deliver } from '../shared/workflow/deliver.ts';
import type { Ports } from '../shared/workflow/ports.ts';

/** The few text attributes of a new item that say which promise it is. */
const text = z.object({ S: z.string() }).transform(({ S }) => S);
const Promised = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('page'), incidentId: z.string(), promise: z.string() }),
  z.object({ kind: z.literal('notice'), subjectId: z.string(), promise: z.string() }),
  z.object({ kind: z.literal('effect'), subjectId: z.string(), id: z.string() }),
  z.object({ kind: z.literal('timer'), id: z.string(), dueAt: z.string() }),
]);
const Image = z.record(z.string(), z.unknown()).transform((image) =>
  Object.fromEntries(
    Object.entries(image).flatMap(([name, value]) => {
      const parsed = text.safeParse(value);
      return parsed.success ? [[name, parsed.data]] : [];
    }),
  ),
);

const perform = async (world: Ports, record: DynamoDBRecord): Promise<void> => {
  const promised = Promised.safeParse(Image.parse(record.dynamodb?.NewImage ?? {}));
  if (!promised.success) return world.watch.alarm('unreadable-promise', promised.error);
  const it = promised.data;
  if (it.kind === 'timer') return world.armTimer({ id: it.id, dueAt: it.dueAt });
  const reason = await deliver(world, it);
  world.watch.note('promise-performed', { kind: it.kind, reason });
};

export const handler = backgroundFunction(
  'deliver-outbox',
  async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const world = await ports();
    const outcomes = await Promise.allSettled(event.Records.map((record) => perform(world, record)));
    const failed = outcomes.flatMap((outcome, place) => {
      if (outcome.status === 'fulfilled') return [];
      world.watch.alarm('record-failed', outcome.reason);
      return [{ itemIdentifier: event.Records[place]?.dynamodb?.SequenceNumber ?? '' }];
    });
    return { batchItemFailures: failed };
  },
);
