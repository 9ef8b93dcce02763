import { expect, test } from 'vitest';
import type { StoredRecord } from '../../shared/domain/records.ts';
import type { Write } from '../../shared/workflow/engine/store-port.ts';
import { testEngine } from '../support/engine.ts';
import {
  cancelled,
  conflict,
  connectionReset,
  injectFaults,
  refusedByTable,
  timedOut,
} from '../support/faults.ts';
import { SAMPLES } from './samples.ts';

const engine = testEngine();
const { client: shop, service, incident, use } = SAMPLES;
const removing: StoredRecord = { ...shop, removing: true };

/** What is there already, what is written, and what becomes of it. */
const guards: [string, StoredRecord[], Write, 'committed' | 'lost'][] = [
  ['new, and it is not there', [], { put: shop, guard: 'new' }, 'committed'],
  ['new, and it is there', [shop], { put: shop, guard: 'new' }, 'lost'],
  ['the version, and it is that one', [shop], { put: { ...shop, version: 2 }, guard: 1 }, 'committed'],
  ['the version, and it is another', [shop], { put: { ...shop, version: 3 }, guard: 2 }, 'lost'],
  ['the version, and it is not there', [], { put: { ...shop, version: 2 }, guard: 1 }, 'lost'],
  ['present, and it is there', [shop], { check: shop, guard: 'present' }, 'committed'],
  ['present, and it is not there', [], { check: shop, guard: 'present' }, 'lost'],
  ['present, and it is being removed', [removing], { check: shop, guard: 'present' }, 'lost'],
  ['a checked version, and it is that one', [shop], { check: shop, guard: 1 }, 'committed'],
  ['a checked version, and it is another', [shop], { check: shop, guard: 4 }, 'lost'],
  ['present on a put, and it is not there', [], { put: shop, guard: 'present' }, 'lost'],
  ['removed in its version', [shop], { remove: shop, guard: 1 }, 'committed'],
  ['removed in another version', [shop], { remove: shop, guard: 2 }, 'lost'],
  ['removed if present, and it is gone', [], { remove: shop, guard: 'present' }, 'lost'],
  ['removed without a guard, and it is gone', [], { remove: shop }, 'committed'],
  ['appended without a guard, again', [shop], { put: shop }, 'committed'],
];

test.each(guards)('%s', async (_, before, write, outcome) => {
  const { store } = await engine.makeTable();
  await store.commit(before.map((put) => ({ put })));
  expect(await store.commit([write, { put: use }])).toBe(outcome);
  expect(await store.get(use), 'the other write').toEqual(outcome === 'committed' ? use : undefined);
  const alone = await engine.makeTable();
  await alone.store.commit(before.map((put) => ({ put })));
  expect(await alone.store.commit([write]), 'alone').toBe(outcome);
});

test('of two that put the same new record at once, one wins', async () => {
  const { store } = await engine.makeTable();
  const rivals = Array.from({ length: 2 }, (_, number) => ({ ...service, name: `Rival ${number}` }));
  const outcomes = await Promise.all(
    rivals.map((put) => store.commit([{ put, guard: 'new' }, { put: use }])),
  );
  expect([...outcomes].sort()).toEqual(['committed', 'lost']);
  expect(await store.get(service)).toEqual(rivals[outcomes.indexOf('committed')]);
});

test('of many that change the same version at once, one wins', async () => {
  const { store } = await engine.makeTable();
  await store.commit([{ put: incident, guard: 'new' }]);
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_, number) =>
      store.commit([{ put: { ...incident, version: 2, title: `Attempt ${number}` }, guard: 1 }]),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(1);
});

test('a hundred writes go through in one commit', async () => {
  const { store } = await engine.makeTable();
  const entries = Array.from({ length: 100 }, (_, number) => ({
    ...SAMPLES['timeline-entry'],
    id: `tle_${number}`,
  }));
  expect(await store.commit(entries.map((put) => ({ put, guard: 'new' })))).toBe('committed');
  expect(await store.getMany(entries)).toEqual(entries);
});

test('nothing to write is committed without asking the table', async () => {
  const { store, client } = await engine.makeTable();
  const faults = injectFaults(client);
  expect(await store.commit([])).toBe('committed');
  expect(faults.tries).toEqual([]);
});

test('the records that were put are told after the commit, and nothing after a lost one', async () => {
  const told: StoredRecord[][] = [];
  const { store } = await engine.makeTable({ afterCommit: (written) => void told.push(written) });
  await store.commit([{ put: service }, { remove: use }, { put: incident, guard: 'new' }]);
  await store.commit([{ put: service }, { put: incident, guard: 'new' }]);
  expect(told).toEqual([[service, incident]]);
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
