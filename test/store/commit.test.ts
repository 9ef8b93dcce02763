import { expect, test } from 'vitest';
import type { StoredRecord } from '../../shared/domain/records.ts';
import type { Write } from '../../shared/workflow/engine/store-port.ts';
import { onEachStore } from './each-store.ts';
import { SAMPLES } from './samples.ts';

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

onEachStore((open) => {
  test.each(guards)('%s', async (_, before, write, outcome) => {
    const { store } = await open();
    await store.commit(before.map((put) => ({ put })));
    expect(await store.commit([write, { put: use }])).toBe(outcome);
    expect(await store.get(use), 'the other write').toEqual(outcome === 'committed' ? use : undefined);
    const alone = await open();
    await alone.store.commit(before.map((put) => ({ put })));
    expect(await alone.store.commit([write]), 'alone').toBe(outcome);
  });

  test('of two that put the same new record at once, one wins', async () => {
    const { store } = await open();
    const rivals = Array.from({ length: 2 }, (_, number) => ({ ...service, name: `Rival ${number}` }));
    const outcomes = await Promise.all(
      rivals.map((put) => store.commit([{ put, guard: 'new' }, { put: use }])),
    );
    expect([...outcomes].sort()).toEqual(['committed', 'lost']);
    expect(await store.get(service)).toEqual(rivals[outcomes.indexOf('committed')]);
  });

  test('of many that change the same version at once, one wins', async () => {
    const { store } = await open();
    await store.commit([{ put: incident, guard: 'new' }]);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, number) =>
        store.commit([{ put: { ...incident, version: 2, title: `Attempt ${number}` }, guard: 1 }]),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(1);
  });

  test('a hundred writes go through in one commit', async () => {
    const { store } = await open();
    const entries = Array.from({ length: 100 }, (_, number) => ({
      ...SAMPLES['history-entry'],
      id: `tle_${number}`,
    }));
    expect(await store.commit(entries.map((put) => ({ put, guard: 'new' })))).toBe('committed');
    expect(await store.getMany(entries)).toEqual(entries);
  });

  test('the records that were put are told after the commit, and nothing after a lost one', async () => {
    const told: StoredRecord[][] = [];
    const { store } = await open({ afterCommit: (written) => void told.push(written) });
    await store.commit([{ put: service }, { remove: use }, { put: incident, guard: 'new' }]);
    await store.commit([{ put: service }, { put: incident, guard: 'new' }]);
    expect(told).toEqual([[service, incident]]);
  });
});
