import { expect, test } from 'vitest';
import type { RecordOf } from '../../shared/domain/records.ts';
import { after } from '../../shared/domain/time.ts';
import { onEachStore } from './each-store.ts';
import { NOW, SAMPLES } from './samples.ts';

const { page, effect } = SAMPLES;
const LEASE_ENDS = after(NOW, 'PT30S');

onEachStore((open) => {
  test('a claimed page says so, counts the attempt, and is due again when the lease is over', async () => {
    const { store } = await open();
    const kept = { ...page, mood: 'calm' };
    await store.commit([{ put: kept }]);
    const claimed = await store.claim(page, NOW);
    expect(claimed).toEqual({ ...kept, state: 'claimed', attempts: 1, version: 1, dueAt: LEASE_ENDS });
    expect(await store.get(page)).toEqual(claimed);
  });

  test('a claimed effect counts the attempt and is due again when the lease is over', async () => {
    const { store } = await open();
    await store.commit([{ put: effect }]);
    expect(await store.claim(effect, NOW)).toEqual({ ...effect, attempts: 1, dueAt: LEASE_ENDS });
  });

  test.each([page, effect])('of twenty that claim it at once, one has it', async (promise) => {
    const { store } = await open();
    await store.commit([{ put: promise }]);
    const claims = await Promise.all(Array.from({ length: 20 }, () => store.claim(promise, NOW)));
    expect(claims.filter((claimed) => claimed !== undefined)).toHaveLength(1);
  });

  test.each([
    ['just before the lease is over nobody else may', 'PT29S', undefined],
    ['when the lease is over the next may', 'PT30S', 2],
  ] as const)('%s claim it', async (_, later, attempts) => {
    const { store } = await open();
    await store.commit([{ put: page }]);
    await store.claim(page, NOW);
    expect((await store.claim(page, after(NOW, later)))?.attempts).toBe(attempts);
  });

  test('whoever overlooks a lease has one that is no longer, so that it can be overlooked in turn', async () => {
    const { store } = await open();
    await store.commit([{ put: page }]);
    await store.claim(page, NOW);
    const [soon, later] = [after(NOW, 'PT2S'), after(NOW, 'PT4S')];
    expect(await store.claim(page, soon, after(soon, 'PT30S'))).toMatchObject({
      dueAt: after(soon, 'PT30S'),
    });
    expect(await store.claim(page, later, after(later, 'PT30S'))).toMatchObject({ attempts: 3 });
  });

  const { dueAt: _, ...withoutDueTime } = page;
  const pages: [string, RecordOf<'page'> | undefined, boolean][] = [
    ['failed and due again', { ...page, state: 'failed', attempts: 1 }, true],
    ['not there', undefined, false],
    ['not due yet', { ...page, dueAt: after(NOW, 'PT1S') }, false],
    ['handed over', { ...withoutDueTime, state: 'handed-over' }, false],
    ['skipped, though a due time was left', { ...page, state: 'skipped' }, false],
    ['given up, though a due time was left', { ...page, state: 'given-up' }, false],
  ];

  test.each(pages)('a page that is %s: claimed is %s', async (_name, stored, taken) => {
    const { store } = await open();
    if (stored) await store.commit([{ put: stored }]);
    expect((await store.claim(page, NOW)) !== undefined).toBe(taken);
    expect(await store.get(page)).toEqual(taken ? expect.objectContaining({ state: 'claimed' }) : stored);
  });

  test('an effect that was performed, and so removed, is not claimed into being', async () => {
    const { store } = await open();
    expect(await store.claim(effect, NOW)).toBeUndefined();
    expect(await store.get(effect)).toBeUndefined();
  });
});
