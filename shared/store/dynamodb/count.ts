import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { epoch, type Instant, instant } from '../../domain/time.ts';
import { counterKey, keyOf } from '../keys.ts';
import type { Connection } from './connection.ts';
import { isConditionFailed, isConflict } from './trouble.ts';

const SECOND = 1000;

/** Draws the next number. An answer that was lost on the way leaves a gap. */
export const nextNumber = async (
  { run, table, cost }: Connection,
  counter: string,
  { by = 1, expiresAt }: { by?: number; expiresAt?: number } = {},
): Promise<number> => {
  const { Attributes } = await run('nextNumber', (client) =>
    client.send(
      new UpdateCommand({
        TableName: table,
        Key: counterKey(counter),
        UpdateExpression: `${expiresAt === undefined ? '' : 'SET expiresAt = :expiresAt '}ADD drawn :by`,
        ExpressionAttributeValues: {
          ':by': by,
          ...(expiresAt === undefined ? {} : { ':expiresAt': expiresAt }),
        },
        ReturnValues: 'UPDATED_NEW',
        ...cost,
      }),
    ),
  );
  return Number(Attributes?.drawn);
};

/**
 * Counts a repeat of an alert, once a second at most. Leaves the version alone, so that a storm of repeats never
 * makes a decision lose; a count that is dropped, or overwritten by a decision, lags until the next one.
 */
export const countRepeat = async (
  { run, table, cost }: Connection,
  alertId: string,
  now: Instant,
): Promise<void> => {
  const command = new UpdateCommand({
    TableName: table,
    Key: keyOf({ kind: 'alert', id: alertId }),
    ConditionExpression: 'attribute_exists(pk) AND lastAt <= :aSecondAgo',
    UpdateExpression: 'SET #count = #count + :one, lastAt = :now',
    ExpressionAttributeNames: { '#count': 'count' },
    ExpressionAttributeValues: { ':aSecondAgo': instant(epoch(now) - SECOND), ':one': 1, ':now': now },
    ...cost,
  });
  try {
    await run('countRepeat', (client) => client.send(command));
  } catch (error) {
    if (!isConditionFailed(error) && !isConflict(error)) throw error;
  }
};
