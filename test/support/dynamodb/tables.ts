import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { connect } from '../../../shared/store/dynamodb/client.ts';
import { createTable } from '../../../shared/store/dynamodb/create-table.ts';
import { createStore, type StoreOptions } from '../../../shared/store/dynamodb/store.ts';
import type { Store } from '../../../shared/workflow/engine/store-port.ts';
import { type Engine, startEngine } from './engine.ts';

/** A table that only one test has, with the client behind it for what a store would not do. */
export interface TestTable {
  client: DynamoDBDocumentClient;
  table: string;
  store: Store;
}

export interface DynamoDBTables {
  endpoint(): string;
  /** A client of its own, so that faults of one test do not reach another. */
  connect(): Promise<DynamoDBDocumentClient>;
  makeTable(options?: Partial<StoreOptions>): Promise<TestTable>;
}

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Call at the top of a test file: one engine for its tests, in a temporary folder, gone after the last. */
export const dynamodbTables = (): DynamoDBTables => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-store-'));
  const clients: DynamoDBDocumentClient[] = [];
  let engine: Engine | undefined;
  let tables = 0;
  const endpoint = (): string => {
    if (!engine) throw new Error('The engine runs while tests do, not before');
    return engine.endpoint;
  };
  const open = async (): Promise<DynamoDBDocumentClient> => {
    const client = await connect({ endpoint: endpoint(), region: 'local', credentials: CREDENTIALS });
    clients.push(client);
    return client;
  };
  beforeAll(async () => {
    engine = await startEngine(folder);
  });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    endpoint,
    connect: open,
    makeTable: async (options = {}) => {
      const client = await open();
      tables += 1;
      const table = `test-${tables}`;
      await createTable(client, table);
      return { client, table, store: createStore({ client, table, ...options }) };
    },
  };
};
