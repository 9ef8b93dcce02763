import { expect, test } from 'vitest';
import { dynamodbTables } from '../../support/dynamodb/tables.ts';
import { SAMPLES } from '../samples.ts';
import {
  cancelled,
  conflict,
  connectionReset,
  injectFaults,
  refusedByTable,
  timedOut,
} from './sdk-faults.ts';

const engine = dynamodbTables();
const { client: shop, incident, use } = SAMPLES;

test('nothing to write is committed without asking the table', async () => {
  const { store, client } = await engine.makeTable();
  const faults = injectFaults(client);
  expect(await store.commit([])).toBe('committed');
  expect(faults.tries).toEqual([]);
});

test.each([
  ['a transaction met another', 'TransactWriteItemsCommand', cancelled('None', 'TransactionConflict'), true],
  [
    'a guard failed beside a throttle',
    'TransactWriteItemsCommand',
    cancelled('ThrottlingError', 'ConditionalCheckFailed'),
    true,
  ],
  ['a single write met a transaction', 'PutItemCommand', conflict, false],
] as const)('%s: lost, so that it is decided again', async (_, command, error, together) => {
  const { store, client } = await engine.makeTable();
  injectFaults(client).fail({ command, when: 'before', times: 1, error });
  const writes = together ? [{ put: incident }, { put: use }] : [{ put: use }];
  expect(await store.commit(writes)).toBe('lost');
  expect(await store.commit(writes)).toBe('committed');
});

test.each([
  ['timed out', timedOut],
  ['broke off', connectionReset],
])(
  'an answer that %s after the commit went through is asked for again, and it is one commit',
  async (_, error) => {
    const { store, client } = await engine.makeTable();
    const faults = injectFaults(client);
    faults.fail({ command: 'TransactWriteItemsCommand', when: 'after', times: 1, error });
    expect(await store.commit([{ put: shop, guard: 'new' }])).toBe('committed');
    expect(faults.tries).toEqual(['TransactWriteItemsCommand', 'TransactWriteItemsCommand']);
    expect(await store.get(shop)).toEqual(shop);
  },
);

test('what the table refuses is our fault and not a refusal of the caller', async () => {
  const { store, client } = await engine.makeTable();
  injectFaults(client).fail({ command: 'PutItemCommand', when: 'before', times: 1, error: refusedByTable });
  await expect(store.commit([{ put: use }])).rejects.toMatchObject({ name: 'ValidationException' });
});
