import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { told } from '../support/paged.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const cast = { steps: onlyAda, methods: byTextAlone };

test('on, off, on: every time a new incident, where the service has no reopen window', async () => {
  const desk = await open({ cast });
  for (const number of [1, 2, 3]) {
    await desk.alert('checkout');
    expect(desk.expectPaged('ada').text).toContain(`#${number} `);
    await desk.resolved('checkout');
    await desk.pass('PT1M');
  }
  expect((await desk.incidents()).map(({ status }) => status)).toEqual(['resolved', 'resolved', 'resolved']);
});

test('on, off, on within the reopen window: one incident that opens again', async () => {
  const desk = await open({ cast: { ...cast, reopenWindow: 'PT10M' } });
  for (const episode of [1, 2, 3]) {
    await desk.alert('checkout');
    expect(desk.expectPaged('ada').text).toContain('#1 ');
    expect((await desk.incident()).episode).toBe(episode);
    await desk.resolved('checkout');
    await desk.pass('PT1M');
  }
  expect(await desk.incidents()).toHaveLength(1);
});

test('one alert flaps while another keeps the incident open: nobody is paged again', async () => {
  const desk = await open({ cast: { ...cast, groupingWindow: 'PT1H' } });
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.alert('payments');
  await desk.resolved('checkout');
  expect((await desk.incident()).status).toBe('triggered');
  expect((await desk.alert('checkout')).reason).toBe('came-back');
  await desk.resolved('payments');
  expect((await desk.incident()).status).toBe('triggered');
  await desk.resolved('checkout');
  expect(await desk.incident()).toMatchObject({ status: 'resolved', episode: 1 });
  expect(await told(desk)).not.toContain('reopened');
});
