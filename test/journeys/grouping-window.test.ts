import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const cast = { steps: onlyAda, methods: byTextAlone };

test('alerts of the service join its incident until the window is over', async () => {
  const desk = await open({ cast: { ...cast, groupingWindow: 'PT30M' } });
  const first = await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.pass('PT29M59S');
  const second = await desk.alert('payments');
  expect(second).toMatchObject({ reason: 'within-grouping-window', incidentId: first.incidentId });
  expect(second.alertId).not.toBe(first.alertId);
  desk.expectNobodyPaged();
  await desk.pass('PT1S');
  const third = await desk.alert('search');
  expect(third.reason).toBe('first');
  expect(third.incidentId).not.toBe(first.incidentId);
  desk.expectPaged('ada');
  expect((await desk.incidents()).map(({ number }) => number)).toEqual([2, 1]);
});

test('an incident that is over takes no more alerts, though the window is open', async () => {
  const desk = await open({ cast: { ...cast, groupingWindow: 'PT30M' } });
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.does('ada', 'resolve');
  expect((await desk.alert('payments')).reason).toBe('first');
  desk.expectPaged('ada');
  expect(await desk.incidents()).toHaveLength(2);
  expect((await desk.alert('search')).reason).toBe('within-grouping-window');
});
