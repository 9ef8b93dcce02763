import { expect, test } from 'vitest';
import { instant } from '../../shared/domain/time.ts';
import { counterKey } from '../../shared/store/keys.ts';
import { onEachStore } from './each-store.ts';
import { NOW, SAMPLES } from './samples.ts';

const { alert } = SAMPLES;
const later = (milliseconds: number) => instant(Date.parse(NOW) + milliseconds);

onEachStore((open) => {
  test('no number is drawn twice, however many draw at once, and each counter counts for itself', async () => {
    const { store } = await open();
    const drawn = await Promise.all(Array.from({ length: 50 }, () => store.nextNumber('incidents#cli_1')));
    expect([...drawn].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, number) => number + 1));
    expect(await store.nextNumber('incidents#cli_2')).toBe(1);
  });

  test('a counter can go on by more than one, and be forgotten', async () => {
    const { store, getItem } = await open();
    expect(await store.nextNumber('events', { by: 5, expiresAt: 1_772_539_200 })).toBe(5);
    expect(await store.nextNumber('events', { by: 0 })).toBe(5);
    const Item = await getItem(counterKey('events'));
    expect(Item).toMatchObject({ drawn: 5, expiresAt: 1_772_539_200 });
  });

  test.each([
    [999, 1, NOW],
    [1000, 2, later(1000)],
    [60_000, 2, later(60_000)],
  ])('a repeat after %d milliseconds: the count is %d', async (milliseconds, count, lastAt) => {
    const { store } = await open();
    await store.commit([{ put: alert }]);
    await store.countRepeat(alert.id, later(milliseconds));
    expect(await store.get(alert)).toEqual({ ...alert, count, lastAt });
  });

  test('a storm of repeats within a second counts once', async () => {
    const { store } = await open();
    await store.commit([{ put: alert }]);
    await Promise.all(Array.from({ length: 20 }, (_, at) => store.countRepeat(alert.id, later(1000 + at))));
    expect(await store.get(alert)).toMatchObject({ count: 2, version: 1 });
  });

  test('a repeat of an alert that is not there makes none', async () => {
    const { store } = await open();
    await store.countRepeat('alt_gone', NOW);
    expect(await store.get({ kind: 'alert', id: 'alt_gone' })).toBeUndefined();
  });
});
