import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { byTextAlone, onlyAda, told } from '../support/story.ts';

const open = deskOn(testEngine());
const options = { cast: { steps: onlyAda, methods: byTextAlone, groupingWindow: 'PT1H' } };

test('the monitor still complains afterwards: a new incident, and the old one stays over', async () => {
  const desk = await open(options);
  const { incidentId: old = '' } = await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.alert('payments');
  expect(await desk.does('ada', 'resolve')).toBe('resolved');
  await desk.pass('PT5M');
  const again = await desk.alert('checkout');
  expect(again.reason).toBe('new-episode');
  expect(again.incidentId).not.toBe(old);
  desk.expectPaged('ada');
  await desk.pass('PT5M');
  expect(await desk.incident(old)).toMatchObject({ status: 'resolved', episode: 1 });
  expect(await told(desk, old)).not.toContain('reopened');
});

test('the monitor resolves an alert of the old one, late: nothing opens, nobody is paged', async () => {
  const desk = await open(options);
  const { incidentId: old = '', alertId = '' } = await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.does('ada', 'resolve');
  await desk.alert('payments');
  desk.expectPaged('ada');
  expect((await desk.resolved('checkout')).reason).toBe('alert-resolved');
  expect(await desk.ports.store.get({ kind: 'alert', id: alertId })).toMatchObject({ status: 'resolved' });
  expect((await desk.incident(old)).status).toBe('resolved');
  expect((await desk.incident()).status).toBe('triggered');
});

test('more alerts than one transaction can hold: all of them are forgotten', async () => {
  const desk = await open(options);
  const keys = Array.from({ length: 45 }, (_, index) => `host-${index}`);
  for (const key of keys) await desk.alert(key);
  desk.expectPaged('ada');
  const { id } = await desk.incident();
  await desk.does('ada', 'resolve');
  expect((await desk.incident(id)).status).toBe('resolved');
  const left = await desk.ports.store.list({ of: 'open-alert', incidentId: id }, { limit: 100 });
  expect(left.items).toEqual([]);
});
