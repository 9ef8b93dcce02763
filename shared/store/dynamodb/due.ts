import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/time.ts';
import type { Due, Rank } from '../../workflow/engine/store-port.ts';
import { DUE_SHARDS, duePartition, promisedAt } from '../keys.ts';
import type { Connection } from './connection.ts';

interface Options {
  now: Instant;
  oldestFirst: boolean;
  limit: number;
}

interface Entry {
  pk: string;
  sk: string;
  duesk: string;
}

const INSTANT_LENGTH = '2026-01-01T00:00:00.000Z'.length;

const shard = async ({ run, table, cost }: Connection, partition: string, options: Options) => {
  const { Items = [] } = await run('due', (client) =>
    client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'due',
        KeyConditionExpression: 'duepk = :partition AND duesk < :end',
        // Sort keys are `<instant>#…`, and `$` comes right after `#`: everything up to and including now.
        ExpressionAttributeValues: { ':partition': partition, ':end': `${options.now}$` },
        ScanIndexForward: options.oldestFirst,
        Limit: options.limit,
        ...cost,
      }),
    ),
  );
  return Items as Entry[];
};

/** A key of a kind that only a newer version knows is left to that version. */
const toDue = (entry: Entry): Due[] => {
  const ref = promisedAt(entry);
  return ref ? [{ ref, dueAt: entry.duesk.slice(0, INSTANT_LENGTH) }] : [];
};

const byTime = (a: Entry, b: Entry): number => (a.duesk < b.duesk ? -1 : 1);

/**
 * What is due on one rank. Reads keys alone, so that no bad item can hide the others. The index lags behind: what was
 * just written may be missing until the next look, what was just done may still be there.
 */
export const due = async (connection: Connection, rank: Rank, options: Options): Promise<Due[]> => {
  const partitions = Array.from({ length: DUE_SHARDS }, (_, index) => duePartition(rank, index));
  const found = (await Promise.all(partitions.map((name) => shard(connection, name, options)))).flat();
  found.sort(byTime);
  if (!options.oldestFirst) found.reverse();
  return found.slice(0, options.limit).flatMap(toDue);
};
