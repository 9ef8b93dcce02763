import {
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { StoredRecord } from '../../domain/records.ts';
import type { Guard, Write } from '../../workflow/engine/store-port.ts';
import { toItem } from '../item.ts';
import { keyOf } from '../keys.ts';
import type { Connection } from './connection.ts';
import { isOvertaken } from './trouble.ts';

interface Condition {
  ConditionExpression: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, number>;
}

/** A condition in the store's own terms. `removing` marks what is about to go: nothing may refer to it any more. */
const conditionOf = (guard: Guard): Condition => {
  if (guard === 'new') return { ConditionExpression: 'attribute_not_exists(pk)' };
  if (guard === 'present')
    return {
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#removing)',
      ExpressionAttributeNames: { '#removing': 'removing' },
    };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': guard },
  };
};

const guarded = (guard: Guard | undefined) => (guard === undefined ? {} : conditionOf(guard));

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const itemOf = (table: string, write: Write): TransactItem => {
  if ('put' in write) return { Put: { TableName: table, Item: toItem(write.put), ...guarded(write.guard) } };
  if ('remove' in write)
    return { Delete: { TableName: table, Key: keyOf(write.remove), ...guarded(write.guard) } };
  return { ConditionCheck: { TableName: table, Key: keyOf(write.check), ...conditionOf(write.guard) } };
};

/** One write that nothing guards may be repeated at will, so it need not pay for a transaction. */
const writeAlone = ({ run, table, cost }: Connection, write: Write) =>
  run('commit', (client) => {
    if ('put' in write)
      return client.send(new PutCommand({ TableName: table, Item: toItem(write.put), ...cost }));
    const key = keyOf('remove' in write ? write.remove : write.check);
    return client.send(new DeleteCommand({ TableName: table, Key: key, ...cost }));
  });

/**
 * The SDK draws the ClientRequestToken once per command and keeps it over its own retries, so an answer that was
 * lost on the way is not a second write, nor a guard that fails on our own first one.
 */
const writeTogether = ({ run, table, cost }: Connection, writes: Write[]) =>
  run('commit', (client) =>
    client.send(
      new TransactWriteCommand({ TransactItems: writes.map((write) => itemOf(table, write)), ...cost }),
    ),
  );

const isAlone = (writes: Write[]): boolean =>
  writes.length === 1 && writes[0] !== undefined && !('check' in writes[0]) && writes[0].guard === undefined;

/** Writes everything or nothing; `lost` when a guard did not hold or another write was under way. */
export const commit = async (connection: Connection, writes: Write[]): Promise<'committed' | 'lost'> => {
  const [first] = writes;
  if (!first) return 'committed';
  try {
    await (isAlone(writes) ? writeAlone(connection, first) : writeTogether(connection, writes));
    return 'committed';
  } catch (error) {
    if (isOvertaken(error)) return 'lost';
    throw error;
  }
};

export const recordsPut = (writes: Write[]): StoredRecord[] =>
  writes.flatMap((write) => ('put' in write ? [write.put] : []));
