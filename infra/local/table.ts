import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { StoredRecord } from '../../shared/domain/records.ts';
import { Refused } from '../../shared/domain/refused.ts';
import { connect } from '../../shared/store/dynamodb/client.ts';
import { createTable } from '../../shared/store/dynamodb/create-table.ts';
import { createStore } from '../../shared/store/dynamodb/store.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { startEngine } from './engine.ts';
import { UNCHECKED_SIGNATURE } from './engine-process.ts';

const NAME = 'firebreak';
/** The engine takes any. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * What the engine has no use for is left out: it checks no signature, and the SDK's default logger, which says
 * nothing, is still given a copy of every item. Together a seventh of what a request costs.
 */
const LEAN: DynamoDBClientConfig = {
  signer: {
    sign: async (request) => {
      Object.assign(request.headers, UNCHECKED_SIGNATURE);
      return request;
    },
  },
  logger: {} as NonNullable<DynamoDBClientConfig['logger']>,
};

interface Options {
  folder: string;
  /** The endpoint of a DynamoDB to use in place of the embedded engine. */
  dynamodb?: string | undefined;
  afterCommit: (written: StoredRecord[]) => void;
}

/** The table on this machine, made when it is missing. */
export const openTable = async ({
  folder,
  dynamodb,
  afterCommit,
}: Options): Promise<{ store: Store; close(): Promise<void> }> => {
  const engine = dynamodb ? { endpoint: dynamodb, stop: async () => {} } : await startEngine(folder);
  const client = await connect({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    ...(dynamodb ? {} : LEAN),
  });
  const close = async (): Promise<void> => {
    client.destroy();
    await engine.stop();
  };
  try {
    await createTable(client, NAME);
  } catch (error) {
    await close();
    throw dynamodb ? unreachable(dynamodb, error) : error;
  }
  return { store: createStore({ client, table: NAME, afterCommit }), close };
};

const unreachable = (endpoint: string, error: unknown): Refused =>
  new Refused(
    'unavailable',
    `The DynamoDB at ${endpoint} cannot be used (${(error as Error).message || (error as { code?: string }).code}): start it, or set DYNAMODB_ENDPOINT to one that runs.`,
  );
