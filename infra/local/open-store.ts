import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredRecord } from '../../shared/domain/records.ts';
import { Refused } from '../../shared/domain/refused.ts';
import { openDatabase } from '../../shared/store/sqlite/database.ts';
import { createSqliteStore } from '../../shared/store/sqlite/store.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { DATABASE } from './folder.ts';

const TABLE = 'firebreak';

interface Options {
  folder: string;
  /** The endpoint of a DynamoDB to use in place of SQLite. */
  dynamodb?: string | undefined;
  afterCommit: (written: StoredRecord[]) => void;
}

interface OpenStore {
  store: Store;
  close(): Promise<void>;
}

const databaseIn = (folder: string): string => join(folder, DATABASE);

/** The store of this machine, made when it is missing. */
export const openStore = (options: Options): Promise<OpenStore> =>
  options.dynamodb ? onDynamoDB(options.dynamodb, options) : onSqlite(options);

const onSqlite = async ({ folder, afterCommit }: Options): Promise<OpenStore> => {
  refuseOlder(folder);
  const database = openDatabase(databaseIn(folder));
  return { store: createSqliteStore({ database, afterCommit }), close: async () => database.close() };
};

/** Before SQLite the data was in another database, which nothing here can read. */
const refuseOlder = (folder: string): void => {
  if (existsSync(databaseIn(folder)) || !existsSync(join(folder, 'firebreak.db'))) return;
  throw new Refused(
    'invalid',
    `${folder} holds data of an older version of Firebreak, which this version cannot read. Move the folder away to start afresh, or set FIREBREAK_DATA to another folder.`,
  );
};

const onDynamoDB = async (endpoint: string, { afterCommit }: Options): Promise<OpenStore> => {
  const [{ connect }, { createTable }, { createStore }] = await Promise.all([
    import('../../shared/store/dynamodb/client.ts'),
    import('../../shared/store/dynamodb/create-table.ts'),
    import('../../shared/store/dynamodb/store.ts'),
  ]);
  const client = await connect({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    await createTable(client, TABLE);
  } catch (error) {
    client.destroy();
    throw unreachable(endpoint, error);
  }
  const store = createStore({ client, table: TABLE, afterCommit });
  return { store, close: async () => client.destroy() };
};

const unreachable = (endpoint: string, error: unknown): Refused =>
  new Refused(
    'unavailable',
    `The DynamoDB at ${endpoint} cannot be used (${(error as Error).message || (error as { code?: string }).code}): start it, or set DYNAMODB_ENDPOINT to one that runs.`,
  );
