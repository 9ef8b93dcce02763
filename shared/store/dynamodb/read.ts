import { setTimeout as pause } from 'node:timers/promises';
import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Kind, RecordOf, Ref } from '../../domain/records.ts';
import { toRecord } from '../item.ts';
import { canExist, type Key, keyOf } from '../keys.ts';
import type { Item } from '../table.ts';
import { unavailable } from '../unavailable.ts';
import type { Connection } from './connection.ts';

const MOST_KEYS = 100;
/** How long to wait before asking again for keys that were left out, in milliseconds. */
const WAITS = [20, 50, 100, 200, 400];

const named = ({ pk, sk }: Key): string => `${pk}\t${sk}`;

export const get = async <K extends Kind>(
  { run, table, cost }: Connection,
  ref: Ref<K>,
): Promise<RecordOf<K> | undefined> => {
  const key = keyOf(ref);
  if (!canExist(key)) return undefined;
  const { Item } = await run('get', (client) =>
    client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true, ...cost })),
  );
  return Item && toRecord<K>(ref.kind as K, Item);
};

/** At most 100 items. The table may leave some out of an answer when it is busy; they are asked for again. */
const batch = async ({ run, table, cost }: Connection, keys: Key[]): Promise<Item[]> => {
  const items: Item[] = [];
  let open: Item[] = keys.map(({ pk, sk }) => ({ pk, sk }));
  for (const wait of [0, ...WAITS]) {
    if (wait > 0) await pause(wait);
    const request = { [table]: { Keys: open, ConsistentRead: true } };
    const answer = await run('getMany', (client) =>
      client.send(new BatchGetCommand({ RequestItems: request, ...cost })),
    );
    items.push(...(answer.Responses?.[table] ?? []));
    open = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    if (open.length === 0) return items;
  }
  throw unavailable(new Error(`${open.length} items were left out of every answer`));
};

/** The items under these keys by name; what is missing is left out. */
const itemsUnder = async (connection: Connection, keys: Key[]): Promise<Map<string, Item>> => {
  const distinct = [...new Map(keys.filter(canExist).map((key) => [named(key), key])).values()];
  const batches: Promise<Item[]>[] = [];
  for (let at = 0; at < distinct.length; at += MOST_KEYS)
    batches.push(batch(connection, distinct.slice(at, at + MOST_KEYS)));
  const items = (await Promise.all(batches)).flat();
  return new Map(items.map((item) => [named(item as unknown as Key), item]));
};

/** The items under these keys, in the keys' order. */
export const readKeys = async (connection: Connection, keys: Key[]): Promise<Item[]> => {
  const items = await itemsUnder(connection, keys);
  return keys.flatMap((key): Item[] => {
    const item = items.get(named(key));
    return item ? [item] : [];
  });
};

export const getMany = async <K extends Kind>(
  connection: Connection,
  refs: Ref<K>[],
): Promise<RecordOf<K>[]> => {
  const items = await itemsUnder(
    connection,
    refs.map((ref) => keyOf(ref)),
  );
  return refs.flatMap((ref) => {
    const item = items.get(named(keyOf(ref)));
    return item ? [toRecord(ref.kind as K, item)] : [];
  });
};
