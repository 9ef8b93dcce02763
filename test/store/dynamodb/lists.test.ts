import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import type { List, StoredRecord } from '../../../shared/domain/records.ts';
import { keyOf } from '../../../shared/store/keys.ts';
import type { Store } from '../../../shared/workflow/engine/store-port.ts';
import { dynamodbTables } from '../../support/dynamodb/tables.ts';
import { numbered, SAMPLES } from '../samples.ts';
import { injectFaults } from './sdk-faults.ts';

const engine = dynamodbTables();
const { incident } = SAMPLES;

const fill = async (store: Store, records: StoredRecord[]): Promise<void> => {
  for (let at = 0; at < records.length; at += 100)
    await store.commit(records.slice(at, at + 100).map((put) => ({ put })));
};

const many = <R extends StoredRecord>(count: number, make: (number: number) => R): R[] =>
  Array.from({ length: count }, (_, number) => make(number));

test('a filter that hardly anything passes reads a bounded part and says where to go on', async () => {
  const { store, client } = await engine.makeTable();
  const entries = many(1200, (number) => ({ ...SAMPLES['open-alert'], alertId: numbered('alt', number) }));
  await fill(store, entries);
  const faults = injectFaults(client);
  const where = { alertId: [numbered('alt', 1199)] };
  const list: List<'open-alert'> = { of: 'open-alert', incidentId: 'inc_1' };
  const first = await store.list(list, { limit: 10, where });
  expect(faults.tries).toHaveLength(5);
  expect(first.items).toEqual([]);
  expect(await store.list(list, { limit: 10, where, cursor: first.next ?? '' })).toEqual({
    items: [entries[1199]],
    next: null,
  });
});

test('what an index that lags behind still says is not believed', async () => {
  const { store, client, table } = await engine.makeTable();
  await fill(store, [incident, { ...incident, id: 'inc_2' }]);
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(incident) }));
  await client.send(new PutCommand({ TableName: table, Item: { ...Item, status: 'resolved' } }));
  const triggered: List<'incident'> = { of: 'incident', clientId: 'cli_1', status: 'triggered' };
  const { items } = await store.list(triggered, { limit: 10 });
  expect(items.map(({ id }) => id)).toEqual(['inc_2']);
});
