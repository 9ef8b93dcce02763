import { expect, test } from 'vitest';
import type { Kind, StoredRecord } from '../../shared/domain/records.ts';
import { keyOf } from '../../shared/store/keys.ts';
import { onEachStore } from './each-store.ts';
import { NOW, SAMPLES } from './samples.ts';

const kinds = Object.keys(SAMPLES) as Kind[];

onEachStore((open) => {
  test.each(kinds)(
    'a record of the kind %s comes back as it was written, without the table’s own attributes',
    async (kind) => {
      const { store } = await open();
      await store.commit([{ put: SAMPLES[kind] }]);
      expect(await store.get(SAMPLES[kind])).toEqual(SAMPLES[kind]);
    },
  );

  test('records of all kinds live side by side: no two have the same key', async () => {
    const { store } = await open();
    const records: StoredRecord[] = Object.values(SAMPLES);
    expect(await store.commit(records.map((put) => ({ put, guard: 'new' as const })))).toBe('committed');
    expect(await store.getMany<Kind>(records)).toEqual(records);
  });

  test('attributes that this version does not know survive a read, a change and a write', async () => {
    const { store, putItem, getItem } = await open();
    await store.commit([{ put: SAMPLES.incident }]);
    const Item = await getItem(keyOf(SAMPLES.incident));
    const escalation = { ...SAMPLES.incident.escalation, later: [1, { deep: true }] };
    await putItem({ ...Item, mood: 'calm', escalation });
    const read = await store.get({ kind: 'incident', id: 'inc_1' });
    if (read) await store.commit([{ put: { ...read, version: 2, status: 'acknowledged' }, guard: 1 }]);
    expect(await store.get({ kind: 'incident', id: 'inc_1' })).toEqual({
      ...SAMPLES.incident,
      version: 2,
      status: 'acknowledged',
      mood: 'calm',
      escalation,
    });
  });

  test('a change of what an index sorts by moves the item on the index, and nothing of the old place is left', async () => {
    const { store, getItem } = await open();
    await store.commit([{ put: SAMPLES.page }]);
    const { dueAt, ...done } = SAMPLES.page;
    await store.commit([{ put: { ...done, state: 'skipped' } }]);
    const Item = await getItem(keyOf(SAMPLES.page));
    expect(Item).toMatchObject({ kind: 'page', state: 'skipped', v: 2 });
    expect(Object.keys(Item ?? {}).filter((name) => /due|gsi/.test(name))).toEqual([]);
    expect(dueAt).toBe(NOW);
  });

  test('fields that are undefined are not written, at any depth', async () => {
    const { store, getItem } = await open();
    const incident = {
      ...SAMPLES.incident,
      summary: undefined,
      escalation: { ...SAMPLES.incident.escalation, nextAt: undefined },
    };
    await store.commit([{ put: incident }]);
    const Item = await getItem(keyOf(incident));
    expect(Item).not.toHaveProperty('summary');
    expect(Item?.escalation).toEqual({ state: 'running', loop: 0, step: 0 });
  });

  test('a bad item is named by its key and its fields, and none of its values are told', async () => {
    const { store, putItem } = await open();
    const bad = { pk: 'per_9', sk: 'person', kind: 'person', email: 'secret-not-an-address' };
    await putItem(bad);
    const error = await store.get({ kind: 'person', id: 'per_9' }).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(/per_9 \/ person.*email/) });
    expect(String(error)).not.toContain('secret-not-an-address');
    await store.commit([{ put: SAMPLES.person }]);
    expect(await store.get({ kind: 'person', id: 'per_1' })).toEqual(SAMPLES.person);
  });

  test.each([
    ['an empty id', ''],
    ['an id that is longer than a key may be', 'x'.repeat(2049)],
    ['an id of something else', 'svc_1'],
  ])('%s is simply not there', async (_, id) => {
    const { store } = await open();
    await store.commit([{ put: SAMPLES.service }]);
    expect(await store.get({ kind: 'incident', id })).toBeUndefined();
    expect(await store.getMany([{ kind: 'incident', id }])).toEqual([]);
  });
});
