import { expect, test } from 'vitest';
import type { StoredRecord } from '../../shared/domain/records.ts';
import { instant } from '../../shared/domain/time.ts';
import type { Rank, Store } from '../../shared/workflow/engine/store-port.ts';
import { onEachStore } from './each-store.ts';
import { NOW, SAMPLES } from './samples.ts';

const { page, effect, timer } = SAMPLES;
const secondsAgo = (seconds: number) => instant(Date.parse(NOW) - seconds * 1000);
const timerDue = (id: string, seconds: number) => ({ ...timer, id, dueAt: secondsAgo(seconds) });
const EVERYTHING = { now: NOW, oldestFirst: true, limit: 1000 };

const ids = async (store: Store, rank: Rank, options = EVERYTHING): Promise<string[]> =>
  (await store.due(rank, options)).map(({ ref }) => ('id' in ref ? ref.id : ref.promise));

const ranks: [Rank, StoredRecord][] = [
  ['page-sev1', page],
  ['page-sev2', { ...page, severity: 'sev2' }],
  ['page-other', { ...page, severity: 'sev3' }],
  ['page-other', { ...page, severity: 'sev4' }],
  ['timer', timer],
  ['effect', effect],
  ['background', { ...effect, perform: { type: 'record-outcome', incidentId: 'inc_1', episode: 1 } }],
  ['effect', { ...effect, subjectId: '+15550100123' }],
];

onEachStore((open) => {
  test.each(ranks)(
    'on the rank %s, and on no other, is found by a reference that reads it',
    async (rank, record) => {
      const { store } = await open();
      await store.commit([{ put: record }]);
      for (const other of new Set(ranks.map(([name]) => name))) {
        const found = await store.due(other, EVERYTHING);
        const records = await Promise.all(found.map(({ ref }) => store.get(ref)));
        expect(records).toEqual(other === rank ? [record] : []);
      }
      expect((await store.due(rank, EVERYTHING))[0]?.dueAt).toBe(NOW);
    },
  );

  test('what is due now is due, what is due a millisecond later is not', async () => {
    const { store } = await open();
    await store.commit([{ put: timerDue('now', 0) }, { put: timerDue('later', -0.001) }]);
    expect(await ids(store, 'timer')).toEqual(['now']);
  });

  test('what is due comes in the order of time over all shards, from either end, up to the limit', async () => {
    const { store } = await open();
    const timers = Array.from({ length: 60 }, (_, number) => timerDue(`tmr_${number}`, 60 - number));
    await store.commit(timers.map((put) => ({ put })));
    const inOrder = timers.map(({ id }) => id);
    expect(await ids(store, 'timer')).toEqual(inOrder);
    expect(await ids(store, 'timer', { ...EVERYTHING, limit: 7 })).toEqual(inOrder.slice(0, 7));
    const newest = { ...EVERYTHING, oldestFirst: false };
    expect(await ids(store, 'timer', newest)).toEqual([...inOrder].reverse());
    expect(await ids(store, 'timer', { ...newest, limit: 7 })).toEqual([...inOrder].reverse().slice(0, 7));
  });

  test('what was claimed is due again at the end of its lease, and what is done never', async () => {
    const { store } = await open();
    await store.commit([{ put: page }]);
    const later = { ...EVERYTHING, now: secondsAgo(-30) };
    await store.claim(page, NOW);
    expect(await ids(store, 'page-sev1')).toEqual([]);
    expect(await ids(store, 'page-sev1', later)).toEqual([page.promise]);
    const { dueAt: _, ...done } = page;
    await store.commit([{ put: { ...done, state: 'handed-over' } }]);
    expect(await ids(store, 'page-sev1', later)).toEqual([]);
  });

  test('a bad item, and a kind that only a later version knows, hide nothing of the rest', async () => {
    const { store, putItem } = await open();
    await store.commit([{ put: timerDue('tmr_good', 5) }]);
    const bad = { pk: 'tmr_bad', sk: 'timer', duepk: 'due#timer#0', duesk: `${secondsAgo(9)}#tmr_bad#timer` };
    const unknown = {
      pk: 'x',
      sk: 'later-kind#1',
      duepk: 'due#timer#0',
      duesk: `${secondsAgo(8)}#x#later-kind#1`,
    };
    for (const Item of [bad, unknown]) await putItem(Item);
    expect(await ids(store, 'timer')).toEqual(['tmr_bad', 'tmr_good']);
  });
});
