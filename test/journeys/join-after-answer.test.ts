import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const options = { cast: { steps: onlyAda, methods: byTextAlone, groupingWindow: 'PT1H' } };

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
