import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { byTextAlone } from '../support/story.ts';

const open = deskOn(testEngine());
const options = { cast: { methods: byTextAlone, groupingWindow: 'PT1H' } };
const acknowledges = { action: 'acknowledge', summary: '' } as const;

test('the monitor acknowledges: nobody else is paged', async () => {
  const desk = await open(options);
  await desk.alert('checkout');
  desk.expectPaged('ada');
  expect((await desk.alert('checkout', acknowledges)).reason).toBe('acknowledged');
  await desk.pass('PT1H');
  desk.expectNobodyPaged();
  expect(await desk.incident()).toMatchObject({
    status: 'acknowledged',
    acknowledgedBy: desk.cast.integration.integrationId,
  });
  expect((await desk.alert('checkout', acknowledges)).reason).toBe('already-answered');
});

test('an alert joins what a monitor acknowledged: there is nobody to tell', async () => {
  const desk = await open(options);
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.alert('checkout', acknowledges);
  expect((await desk.alert('payments')).reason).toBe('within-grouping-window');
  desk.expectNobodyPaged();
});

test('it acknowledges what is over, or what it never reported: late or lost, not wrong', async () => {
  const desk = await open(options);
  expect((await desk.alert('checkout', acknowledges)).reason).toBe('no-open-alert');
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.does('ada', 'resolve');
  expect((await desk.alert('checkout', acknowledges)).reason).toBe('already-over');
  expect((await desk.incident()).status).toBe('resolved');
});
