import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const open = deskOn(testEngine());

test('ten first alerts at once: one opens the incident, nine join it, the team is paged once', async () => {
  const desk = await open({ cast: { groupingWindow: 'PT30M' } });
  const outcomes = await Promise.all(Array.from({ length: 10 }, (_, n) => desk.alert(`alert-${n}`)));
  await desk.reconcile();
  expectPagedByBoth(desk, 'ada');
  expect(outcomes.map(({ reason }) => reason).sort()).toEqual([
    'first',
    ...Array.from({ length: 9 }, () => 'within-grouping-window'),
  ]);
  expect(await desk.incidents()).toHaveLength(1);
});

test('ten alerts join an answered incident at once: whoever answered is told once', async () => {
  const desk = await open({ cast: { groupingWindow: 'PT30M' } });
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await desk.does('ada', 'acknowledge');
  await Promise.all(Array.from({ length: 10 }, (_, n) => desk.alert(`alert-${n}`)));
  await desk.reconcile();
  expectPagedByBoth(desk, 'ada');
  const { items } = await desk.ports.store.list(
    { of: 'open-alert', incidentId: (await desk.incident()).id },
    { limit: 100 },
  );
  expect(items).toHaveLength(11);
});

test('the same alert ten times at once is one alert', async () => {
  const desk = await open();
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => desk.alert('checkout')));
  await desk.reconcile();
  expectPagedByBoth(desk, 'ada');
  expect(new Set(outcomes.map(({ alertId }) => alertId)).size).toBe(1);
  expect(await desk.incidents()).toHaveLength(1);
});
