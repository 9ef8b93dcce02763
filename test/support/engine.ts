import type { DatabaseSync } from 'node:sqlite';
import { afterAll } from 'vitest';
import type { StoredRecord } from '../../shared/domain/records.ts';
import { openDatabase } from '../../shared/store/sqlite/database.ts';
import { createSqliteStore } from '../../shared/store/sqlite/store.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { dynamodbTables } from './dynamodb/tables.ts';

export interface TestEngine {
  /** A store of its own for one test. */
  makeTable(options?: { afterCommit?: (written: StoredRecord[]) => void }): Promise<{ store: Store }>;
}

export const onDynamoDB = process.env.FIREBREAK_TEST_STORE === 'dynamodb';

/**
 * Call at the top of a test file: stores for its tests, gone after the last. On SQLite in memory; with
 * `FIREBREAK_TEST_STORE=dynamodb` on DynamoDB, as an engine from npm serves it.
 */
export const testEngine = (): TestEngine => (onDynamoDB ? dynamodbTables() : sqliteStores());

const sqliteStores = (): TestEngine => {
  const databases: DatabaseSync[] = [];
  afterAll(() => {
    for (const database of databases) database.close();
  });
  return {
    makeTable: async (options) => {
      const database = openDatabase(':memory:');
      databases.push(database);
      return { store: createSqliteStore({ database, ...options }) };
    },
  };
};
