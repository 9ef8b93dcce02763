import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const open = deskOn(testEngine());

test('a repeat that is worse does the same, and its alert is worse from then on', async () => {
  const desk = await open();
  const { alertId = '' } = await desk.alert('disk', { severity: 'sev4' });
  desk.expectPaged('ada', 'email');
  await desk.does('ada', 'acknowledge');
  expect(await desk.alert('disk', { severity: 'sev2' })).toMatchObject({
    reason: 'severity-raised',
    alertId,
  });
  expectPagedByBoth(desk, 'ada');
  expect(await desk.ports.store.get({ kind: 'alert', id: alertId })).toMatchObject({ severity: 'sev2' });
  expect((await desk.alert('disk', { severity: 'sev2' })).reason).toBe('duplicate');
  await desk.does('ada', 'acknowledge');
});

test.each([
  ['another one as bad', 'sev2'],
  ['a lesser one', 'sev4'],
] as const)('%s joins an unanswered incident: nothing begins again', async (_, severity) => {
  const desk = await open({ cast: { groupingWindow: 'PT1H' } });
  await desk.alert('checkout', { severity: 'sev2' });
  expectPagedByBoth(desk, 'ada');
  await desk.alert('disk', { severity });
  expect(await desk.incident()).toMatchObject({ severity: 'sev2', generation: 1 });
});
