import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Due, Rank } from '../../workflow/engine/store-port.ts';
import { type DueEntry, type DueRequest, endOf, merged, partitionsOf } from '../due-entries.ts';
import type { Connection } from './connection.ts';

const shard = async ({ run, table, cost }: Connection, partition: string, request: DueRequest) => {
  const { Items = [] } = await run('due', (client) =>
    client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'due',
        KeyConditionExpression: 'duepk = :partition AND duesk < :end',
        ExpressionAttributeValues: { ':partition': partition, ':end': endOf(request.now) },
        ScanIndexForward: request.oldestFirst,
        Limit: request.limit,
        ...cost,
      }),
    ),
  );
  return Items as DueEntry[];
};

/**
 * What is due on one rank. Reads keys alone, so that no bad item can hide the others. The index lags behind: what was
 * just written may be missing until the next look, what was just done may still be there.
 */
export const due = async (connection: Connection, rank: Rank, request: DueRequest): Promise<Due[]> =>
  merged(await Promise.all(partitionsOf(rank).map((name) => shard(connection, name, request))), request);
