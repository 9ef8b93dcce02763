/**
 * When: the table's stream brings promises that were just committed (on one machine, the commit itself does).
 * What: sends pages, performs effects, and arms timers, all of a batch at once.
 * Safe to repeat: each is claimed before it is performed, and arming a timer twice is arming it once. Only trouble with
 * the store fails a record; a page that cannot be sent is an outcome, and a timer that cannot be armed is the sweep's,
 * like all that is lost here.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { after, type Instant } from '../shared/domain/time.ts';
import { backgroundFunction } from '../shared/edge/lambda.ts';
import { ports } from '../shared/edge/ports.ts';
import { deliver } from '../shared/workflow/engine/deliver.ts';
import type { Ports } from '../shared/workflow/engine/ports.ts';

/** At most: what is due later than that is meant to be. */
const CLOCKS_DIFFER_BY = 'PT5S';

/** The few text attributes of a new item that say which promise it is. */
const text = z.object({ S: z.string() }).transform(({ S }) => S);
const OutboxItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('page'), incidentId: z.string(), promise: z.string(), dueAt: z.string() }),
  z.object({ kind: z.literal('notice'), subjectId: z.string(), promise: z.string(), dueAt: z.string() }),
  z.object({ kind: z.literal('effect'), subjectId: z.string(), id: z.string(), dueAt: z.string() }),
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
  const promised = OutboxItem.safeParse(Image.parse(record.dynamodb?.NewImage ?? {}));
  if (!promised.success) return world.telemetry.alarm('unreadable-promise', promised.error);
  const it = promised.data;
  if (it.kind === 'timer') return arm(world, it);
  const reason = await deliver(world, it, { asOf: asPromised(it.dueAt, world.clock.now()) });
  world.telemetry.note('promise-performed', { kind: it.kind, reason });
};

/** A promise that was due when it was made is due here, though the clock of who made it goes a little before ours. */
const asPromised = (dueAt: Instant, now: Instant): Instant =>
  dueAt > now && dueAt <= after(now, CLOCKS_DIFFER_BY) ? dueAt : now;

/** A record that failed would be tried again, and the pages behind it would wait. */
const arm = async (world: Ports, { id, dueAt }: { id: string; dueAt: Instant }): Promise<void> => {
  try {
    await world.armTimer({ id, dueAt });
  } catch (error) {
    world.telemetry.alarm('timer-not-armed', error, { timerId: id });
  }
};

export const handler = backgroundFunction(
  'deliver-outbox',
  async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const world = await ports();
    const outcomes = await Promise.allSettled(event.Records.map((record) => perform(world, record)));
    const failed = outcomes.flatMap((outcome, place) => {
      if (outcome.status === 'fulfilled') return [];
      world.telemetry.alarm('record-failed', outcome.reason);
      return [{ itemIdentifier: event.Records[place]?.dynamodb?.SequenceNumber ?? '' }];
    });
    return { batchItemFailures: failed };
  },
);
