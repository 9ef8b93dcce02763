import type { AttributeValue, DynamoDBStreamEvent } from 'aws-lambda';
import type { StoredRecord } from '../../shared/domain/records.ts';

/** Enough that a dead mail server holds up nobody else, and not so much that new alerts wait behind pages. */
const MOST_RECORDS = 25;
const MOST_AT_ONCE = 4;

export type OutboxItem = Extract<StoredRecord, { kind: 'page' | 'notice' | 'effect' | 'timer' }>;

export interface StreamEmulator {
  /** Called by the store after each commit, with what it put. */
  take(written: StoredRecord[]): void;
  /** Resolves when nothing waits or is under way. Never rejects. */
  settled(): Promise<void>;
}

/**
 * What the table's stream is on AWS: hands fresh promises to deliver-outbox right away, those that wait together as
 * one event. The function logs what fails, and the sweep makes good.
 */
export const openStreamEmulator = (
  deliver: (event: DynamoDBStreamEvent) => Promise<unknown>,
): StreamEmulator => {
  const waiting: OutboxItem[] = [];
  const waiters: (() => void)[] = [];
  let underWay = 0;
  const run = async (records: OutboxItem[]): Promise<void> => {
    await deliver({ Records: records.map(streamRecord) }).catch(() => {});
    underWay -= 1;
    next();
  };
  const next = (): void => {
    while (waiting.length > 0 && underWay < MOST_AT_ONCE) {
      underWay += 1;
      void run(waiting.splice(0, MOST_RECORDS));
    }
    if (underWay === 0) for (const resolve of waiters.splice(0)) resolve();
  };
  return {
    take: (written) => {
      const fresh = written.filter(isFreshPromise);
      waiting.push(...fresh);
      // Not before the commit has returned to whoever made it.
      if (fresh.length > 0) setImmediate(next);
    },
    settled: () =>
      new Promise((resolve) => {
        waiters.push(resolve);
        setImmediate(next);
      }),
  };
};

/** The stream's filter passes only what is inserted; a promise that was put again has been tried already. */
const isFreshPromise = (record: StoredRecord): record is OutboxItem =>
  record.kind === 'timer' ||
  (record.kind === 'effect' && record.attempts === 0) ||
  ((record.kind === 'page' || record.kind === 'notice') &&
    record.state === 'promised' &&
    record.attempts === 0);

let sequence = 0;

const streamRecord = (record: OutboxItem): DynamoDBStreamEvent['Records'][number] => {
  sequence += 1;
  return {
    eventID: String(sequence),
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    eventVersion: '1.1',
    awsRegion: 'local',
    dynamodb: {
      SequenceNumber: String(sequence),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      NewImage: image(record),
    },
  };
};

const image = (fields: object): Record<string, AttributeValue> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, attribute(value)]],
    ),
  );

/** A record holds JSON only, so that six of DynamoDB's types are enough. */
const attribute = (value: unknown): AttributeValue => {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attribute) };
  return { M: image(value as object) };
};
