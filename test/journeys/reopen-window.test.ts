import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const cast = { steps: onlyAda, methods: byTextAlone, reopenWindow: 'PT10M' };

test('the alert comes back on the last moment of the window: the same incident, paging from the first step', async () => {
  const desk = await open({ cast: { reopenWindow: 'PT10M' } });
  const first = await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await desk.pass('PT5M');
  expectPagedByBoth(desk, 'bo');
  await desk.does('bo', 'acknowledge');
  await desk.resolved('checkout');
  await desk.pass('PT10M');
  const again = await desk.alert('checkout');
  expect(again).toMatchObject({ reason: 'reopened', incidentId: first.incidentId });
  expect(again.alertId).not.toBe(first.alertId);
  expectPagedByBoth(desk, 'ada');
  const incident = await desk.incident();
  expect(incident).toMatchObject({ status: 'triggered', episode: 2 });
  expect(incident).not.toHaveProperty('resolvedAt');
  expect(incident).not.toHaveProperty('acknowledgedBy');
  await desk.resolved('checkout');
  expect((await desk.incident()).status).toBe('resolved');
});

test('a second later it is a new incident', async () => {
  const desk = await open({ cast });
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.resolved('checkout');
  await desk.pass('PT10M1S');
  expect((await desk.alert('checkout')).reason).toBe('new-episode');
  desk.expectPaged('ada');
  expect(await desk.incidents()).toHaveLength(2);
});

test('what was closed stays closed', async () => {
  const desk = await open({ cast });
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.does('ada', 'resolve');
  await desk.does('ada', 'close');
  expect((await desk.alert('checkout')).reason).toBe('new-episode');
  desk.expectPaged('ada');
});

test('resolved by hand too early: the next repeat opens it again', async () => {
  const desk = await open({ cast });
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.does('ada', 'resolve');
  expect((await desk.alert('checkout')).reason).toBe('reopened');
  desk.expectPaged('ada');
});

test('resolved by hand, and it comes back: its monitor’s resolve is the end of it', async () => {
  const desk = await open({ cast });
  const first = await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.does('ada', 'resolve');
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.resolved('checkout');
  expect((await desk.incident()).status).toBe('resolved');
  const before = await desk.ports.store.get({ kind: 'alert', id: first.alertId ?? '' });
  expect(before?.status).toBe('resolved');
});

test('it comes back worse: as bad as it is now', async () => {
  const desk = await open({ cast: { ...cast, methods: {} } });
  await desk.alert('checkout', { severity: 'sev3' });
  desk.expectPaged('ada', 'email');
  await desk.resolved('checkout');
  await desk.alert('checkout', { severity: 'sev1' });
  expectPagedByBoth(desk, 'ada');
  expect(await desk.incident()).toMatchObject({ severity: 'sev1', urgency: 'high' });
});
