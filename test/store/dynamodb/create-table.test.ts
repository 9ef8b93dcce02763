import { DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { createTable } from '../../../shared/store/dynamodb/create-table.ts';
import { dynamodbTables } from '../../support/dynamodb/tables.ts';
import { SAMPLES } from '../samples.ts';

const engine = dynamodbTables();

test('a table that is there already is left as it is', async () => {
  const { client, table, store } = await engine.makeTable();
  await store.commit([{ put: SAMPLES.client }]);
  await createTable(client, table);
  expect(await store.get(SAMPLES.client)).toEqual(SAMPLES.client);
});

test('the due index holds keys alone, and expired items go', async () => {
  const { client, table } = await engine.makeTable();
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  const projections = Table?.GlobalSecondaryIndexes?.map(({ IndexName, Projection }) => [
    IndexName,
    Projection?.ProjectionType,
  ]);
  expect(Object.fromEntries(projections ?? [])).toEqual({
    gsi1: 'INCLUDE',
    gsi2: 'INCLUDE',
    due: 'KEYS_ONLY',
  });
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: table }));
  expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' });
});
