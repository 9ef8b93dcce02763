import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type GlobalSecondaryIndex,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TABLE } from '../table.ts';

interface Keys {
  partitionKey: string;
  sortKey: string;
}

const INDEXES = Object.entries(TABLE.indexes);

const keySchema = ({ partitionKey, sortKey }: Keys) => [
  { AttributeName: partitionKey, KeyType: 'HASH' as const },
  { AttributeName: sortKey, KeyType: 'RANGE' as const },
];

const indexes = (): GlobalSecondaryIndex[] =>
  INDEXES.map(([name, index]) => ({
    IndexName: name,
    KeySchema: keySchema(index),
    Projection:
      index.projected.length > 0
        ? { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.projected] }
        : { ProjectionType: 'KEYS_ONLY' },
  }));

const description = (name: string): CreateTableCommandInput => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: keySchema(TABLE),
  AttributeDefinitions: [TABLE, ...INDEXES.map(([, index]) => index)].flatMap((keys) =>
    [keys.partitionKey, keys.sortKey].map((key) => ({ AttributeName: key, AttributeType: 'S' as const })),
  ),
  GlobalSecondaryIndexes: indexes(),
});

const unlessItExists = (error: unknown): void => {
  if (!(error instanceof Error) || error.name !== 'ResourceInUseException') throw error;
};

/** Makes the table on an engine of one's own, unless it is there. On AWS the stack does, with stream and backups. */
export const createTable = async (client: DynamoDBDocumentClient, name: string): Promise<void> => {
  const made = await client.send(new CreateTableCommand(description(name))).catch(unlessItExists);
  if (!made) return;
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { AttributeName: TABLE.timeToLive, Enabled: true },
    }),
  );
};
