import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const options = { cast: { steps: onlyAda, methods: byTextAlone, groupingWindow: 'PT1H' } };

test('whoever answered hears of alerts that join, once in five minutes', async () => {
  const desk = await open(options);
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.does('bo', 'acknowledge');
  await desk.alert('payments');
  expect(desk.expectPaged('bo').text).toContain('NEW ALERT: SEV1 #1');
  await desk.alert('search');
  await desk.pass('PT4M59S');
  await desk.alert('basket');
  desk.expectNobodyPaged();
  await desk.pass('PT1S');
  await desk.alert('login');
  desk.expectPaged('bo');
  expect((await desk.incident()).status).toBe('acknowledged');
});

test('five minutes are five minutes, wherever on the clock they begin', async () => {
  const desk = await open(options);
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.does('ada', 'acknowledge');
  await desk.pass('PT4M');
  await desk.alert('payments');
  desk.expectPaged('ada');
  await desk.pass('PT4M59S');
  await desk.alert('search');
  desk.expectNobodyPaged();
});

test('containing it is an answer too', async () => {
  const desk = await open(options);
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.does('cy', 'contain');
  await desk.alert('payments');
  desk.expectPaged('cy');
});

test('while nobody has answered, nobody is told: they were paged for the incident', async () => {
  const desk = await open(options);
  await desk.alert('checkout');
  desk.expectPaged('ada');
  expect((await desk.alert('payments')).reason).toBe('within-grouping-window');
  desk.expectNobodyPaged();
});
