import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * Three tries of four seconds at most: a pager would rather hear "not now" than wait. Connections are kept alive,
 * which is the SDK's default.
 */
const PATIENCE = {
  retryMode: 'standard',
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
} as const;

/** Region, endpoint and credentials come from the usual variables of the SDK where they are not given. */
export const connect = async (options: DynamoDBClientConfig = {}): Promise<DynamoDBDocumentClient> => {
  const [{ DynamoDBClient }, lib] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/lib-dynamodb'),
  ]);
  const client = new DynamoDBClient({ ...PATIENCE, ...options });
  return lib.DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
};

/** The client of this environment, made when first asked for. `DYNAMODB_ENDPOINT` goes before `AWS_ENDPOINT_URL`. */
export const clientOf = (environment: NodeJS.ProcessEnv): (() => Promise<DynamoDBDocumentClient>) => {
  let client: Promise<DynamoDBDocumentClient> | undefined;
  const endpoint = environment.DYNAMODB_ENDPOINT || environment.AWS_ENDPOINT_URL;
  return () => {
    client ??= connect(endpoint ? { endpoint } : {});
    return client;
  };
};
