import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const open = deskOn(testEngine());

test('escalated by hand: the next step at once, then the one after in its time', async () => {
  const desk = await open();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await desk.pass('PT1M');
  expect(await desk.does('ada', 'escalate')).toBe('step-taken');
  expectPagedByBoth(desk, 'bo');
  await desk.pass('PT4M59S');
  desk.expectNobodyPaged();
  await desk.pass('PT1S');
  expectPagedByBoth(desk, 'cy', 'dee');
  await desk.does('cy', 'acknowledge');
});

test('an answered incident that is escalated is unanswered again', async () => {
  const desk = await open();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await desk.does('ada', 'acknowledge');
  await desk.does('ada', 'escalate');
  expectPagedByBoth(desk, 'bo');
  expect((await desk.incident()).status).toBe('triggered');
  await desk.does('bo', 'acknowledge');
  await desk.pass('PT1H');
  desk.expectNobodyPaged();
});

test('after the last step there is the fallback contact', async () => {
  const desk = await open({
    cast: { steps: ({ ada }) => [{ delay: 'PT5M', targets: [{ type: 'person', id: ada.id }] }] },
  });
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  expect(await desk.does('ada', 'escalate')).toBe('exhausted');
  desk.expectPaged('fallback');
  expect(await desk.does('ada', 'escalate')).toBe('exhausted');
  desk.expectPaged('fallback');
  await desk.pass('PT30M');
  desk.expectPaged('fallback');
  desk.expectNobodyPaged();
});
