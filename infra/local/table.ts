import type { StoredRecord } from '../../shared/domain/records.ts';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { Refused } from '../../shared/domain/refused.ts';
import { connect } from '../../shared/store/client.ts';
import { createTable } from '../../shared/store/create-table.ts';
import { createStore } from '../../shared/store/store.ts';
import type { Store } from '../../shared/workflow/store-port.ts';
import { startEngine, UNCHECKED_SIGNATURE } from './engine.ts';

const NAME = 'firebreak';
/** The engine takes any. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The engine wants a signature and checks none, so that none need be computed: a tenth of the work of a request. */
const unsigned: DynamoDBClientConfig['signer'] = {
  sign: async (request) => {
    Object.assign(request.headers, UNCHECKED_SIGNATURE);
    return request;
  },
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
    ...(dynamodb ? {} : { signer: unsigned }),
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
