import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe } from 'vitest';
import type { StoredRecord } from '../../shared/domain/records.ts';
import type { Key } from '../../shared/store/keys.ts';
import { connectionTo } from '../../shared/store/sqlite/connection.ts';
import { openDatabase } from '../../shared/store/sqlite/database.ts';
import { rowOf } from '../../shared/store/sqlite/row.ts';
import { createSqliteStore } from '../../shared/store/sqlite/store.ts';
import type { Item } from '../../shared/store/table.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { hasEngine } from '../support/dynamodb/has-engine.ts';
import { dynamodbTables } from '../support/dynamodb/tables.ts';

/** An empty store, and the items behind it as another version might write them. */
export interface Opened {
  store: Store;
  putItem(item: Item): Promise<void>;
  /** With its keys. */
  getItem(key: Key): Promise<Item | undefined>;
}

export type Open = (options?: { afterCommit?: (written: StoredRecord[]) => void }) => Promise<Opened>;

/** The contract that every store keeps: the tests run on SQLite, and on DynamoDB where its engine is installed. */
export const onEachStore = (tests: (open: Open) => void): void => {
  describe('on SQLite', () => tests(openSqlite));
  if (hasEngine()) describe('on DynamoDB', () => tests(openDynamoDB()));
};

export const onBothStores = (tests: (sqlite: Open, dynamodb: Open) => void): void => {
  if (hasEngine()) describe('on both stores', () => tests(openSqlite, openDynamoDB()));
};

const COLUMNS = 'item, gsi1pk, gsi1sk, gsi2pk, gsi2sk, duepk, duesk';

export const openSqlite: Open = async (options = {}) => {
  const database = openDatabase(':memory:');
  const { write } = connectionTo(database);
  const read = database.prepare(`SELECT ${COLUMNS} FROM items WHERE pk = ? AND sk = ?`);
  return {
    store: createSqliteStore({ database, ...options }),
    putItem: async (item) => write(rowOf(item).row),
    getItem: async ({ pk, sk }) => {
      const { item, ...keys } = read.get(pk, sk) ?? {};
      const own = Object.entries(keys).filter(([, key]) => key !== null);
      return item === undefined
        ? undefined
        : { ...JSON.parse(String(item)), pk, sk, ...Object.fromEntries(own) };
    },
  };
};

const openDynamoDB = (): Open => {
  const tables = dynamodbTables();
  return async (options) => {
    const { store, client, table } = await tables.makeTable(options);
    return {
      store,
      putItem: async (Item) => void (await client.send(new PutCommand({ TableName: table, Item }))),
      getItem: async ({ pk, sk }) =>
        (await client.send(new GetCommand({ TableName: table, Key: { pk, sk } }))).Item,
    };
  };
};
