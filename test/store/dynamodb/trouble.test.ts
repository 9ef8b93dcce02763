import { expect, test } from 'vitest';
import { Refused } from '../../../shared/domain/refused.ts';
import { connect } from '../../../shared/store/dynamodb/client.ts';
import { createStore } from '../../../shared/store/dynamodb/store.ts';
import type { Store } from '../../../shared/workflow/engine/store-port.ts';
import { dynamodbTables } from '../../support/dynamodb/tables.ts';
import { NOW, SAMPLES } from '../samples.ts';
import { cancelled, connectionReset, injectFaults, serverError, throttled, timedOut } from './sdk-faults.ts';

const engine = dynamodbTables();

const troubles = [
  ['a throttle', throttled],
  ['a failure of the table', serverError],
  ['a time-out', timedOut],
  ['a broken connection', connectionReset],
] as const;

test.each(troubles)('%s that passes is not noticed', async (_, error) => {
  const { store, client } = await engine.makeTable();
  await store.commit([{ put: SAMPLES.client }]);
  const faults = injectFaults(client);
  faults.fail({ command: 'GetItemCommand', when: 'before', times: 2, error });
  expect(await store.get(SAMPLES.client)).toEqual(SAMPLES.client);
  expect(faults.tries).toHaveLength(3);
});

test.each(troubles)('%s that stays is unavailable after three tries', async (_, error) => {
  const { store, client } = await engine.makeTable();
  const faults = injectFaults(client);
  faults.fail({ command: 'GetItemCommand', when: 'before', times: 9, error });
  const thrown = await store.get(SAMPLES.client).catch((reason: unknown) => reason);
  expect(thrown).toBeInstanceOf(Refused);
  expect(thrown).toMatchObject({ code: 'unavailable', cause: expect.any(Error) });
  expect(faults.tries).toHaveLength(3);
});

test('a transaction that was cancelled for a throttle is unavailable, and nothing is written', async () => {
  const { store, client } = await engine.makeTable();
  injectFaults(client).fail({
    command: 'TransactWriteItemsCommand',
    when: 'before',
    times: 1,
    error: cancelled('None', 'ThrottlingError'),
  });
  const writes = [{ put: SAMPLES.client }, { put: SAMPLES.use }];
  await expect(store.commit(writes)).rejects.toMatchObject({ code: 'unavailable' });
  expect(await store.get(SAMPLES.client)).toBeUndefined();
});

const requests: [string, (store: Store) => Promise<unknown>][] = [
  ['get', (store) => store.get(SAMPLES.client)],
  ['getMany', (store) => store.getMany([SAMPLES.client])],
  ['list', (store) => store.list({ of: 'client' }, { limit: 5 })],
  ['nextNumber', (store) => store.nextNumber('numbers')],
  ['commit', (store) => store.commit([{ put: SAMPLES.client, guard: 'new' }])],
  ['claim', (store) => store.claim(SAMPLES.page, NOW)],
  ['due', (store) => store.due('timer', { now: NOW, oldestFirst: true, limit: 5 })],
  ['countRepeat', (store) => store.countRepeat('alt_1', NOW)],
];

test.each(requests)(
  'with no table to be reached, %s is unavailable within seconds',
  async (_, request) => {
    const client = await connect({
      endpoint: 'http://127.0.0.1:9',
      region: 'local',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const store = createStore({ client, table: 'none' });
    await expect(request(store)).rejects.toMatchObject({ code: 'unavailable' });
  },
  3_000,
);

test('a table that is not there is our fault', async () => {
  const store = createStore({ client: await engine.connect(), table: 'missing-table' });
  await expect(store.get(SAMPLES.client)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
