import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const cast = { steps: onlyAda, methods: byTextAlone };
const at = (minute: string): { saidAt: string } => ({ saidAt: `2026-01-05T08:${minute}:00.123Z` });

test('back to normal, told again after the alarm went off anew: the new incident stays open', async () => {
  const desk = await open({ cast });
  await desk.alert('alarm', at('01'));
  desk.expectPaged('ada');
  await desk.resolved('alarm', at('02'));
  const { incidentId } = await desk.alert('alarm', at('03'));
  desk.expectPaged('ada');
  expect((await desk.resolved('alarm', at('02'))).reason).toBe('older-state');
  expect((await desk.incident(incidentId)).status).toBe('triggered');
  await desk.resolved('alarm', at('04'));
  expect((await desk.incident(incidentId)).status).toBe('resolved');
});

test('the alarm, told again after it was back to normal, opens nothing', async () => {
  const desk = await open({ cast });
  await desk.alert('alarm', at('01'));
  desk.expectPaged('ada');
  await desk.resolved('alarm', at('02'));
  expect((await desk.alert('alarm', at('01'))).reason).toBe('older-state');
  expect(await desk.incidents()).toHaveLength(1);
});

test('back to normal overtakes its alarm: the alarm opens nothing, the next one does', async () => {
  const desk = await open({ cast });
  expect((await desk.resolved('alarm', at('02'))).reason).toBe('no-open-alert');
  expect((await desk.alert('alarm', at('01'))).reason).toBe('older-state');
  expect((await desk.alert('alarm', at('03'))).reason).toBe('first');
  desk.expectPaged('ada');
});

test('a newer alarm of what is open already is remembered', async () => {
  const desk = await open({ cast });
  await desk.alert('alarm', at('01'));
  desk.expectPaged('ada');
  expect((await desk.alert('alarm', at('03'))).reason).toBe('duplicate');
  expect((await desk.resolved('alarm', at('02'))).reason).toBe('older-state');
  expect((await desk.incident()).status).toBe('triggered');
});

test('the same alarm twice is a repeat', async () => {
  const desk = await open({ cast });
  await desk.alert('alarm', at('01'));
  desk.expectPaged('ada');
  expect((await desk.alert('alarm', at('01'))).reason).toBe('duplicate');
});
