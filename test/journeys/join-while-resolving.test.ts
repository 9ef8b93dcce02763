import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { told } from '../support/paged.ts';
import { beforeCommitOf, byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const options = { cast: { steps: onlyAda, methods: byTextAlone, groupingWindow: 'PT1H' } };

test('an alert joins at the moment in which somebody resolves: the incident opens again and pages', async () => {
  const desk = await open(options);
  const { incidentId } = await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.does('ada', 'acknowledge');
  beforeCommitOf(desk, 'alert', () => desk.does('ada', 'resolve'));
  expect((await desk.alert('payments')).incidentId).toBe(incidentId);
  expect(await desk.incident()).toMatchObject({ status: 'triggered', episode: 2 });
  expect(await told(desk)).toEqual(expect.arrayContaining(['resolved', 'reopened']));
  // The page of the step that is taken again, and the news for who had answered when the alert was read.
  const texts = [desk.expectPaged('ada').text, desk.expectPaged('ada').text];
  expect(texts.filter((text) => text.includes('NEW ALERT'))).toHaveLength(1);
});

test('the last alert is resolved at the moment in which another joins: the incident stays open', async () => {
  const desk = await open(options);
  await desk.alert('checkout');
  desk.expectPaged('ada');
  beforeCommitOf(desk, 'alert', () => desk.resolved('checkout'));
  await desk.alert('payments');
  expect((await desk.incident()).status).toBe('triggered');
  desk.expectPaged('ada');
  await desk.resolved('payments');
  expect((await desk.incident()).status).toBe('resolved');
});

test('a worse alert loses against who resolves, decides again, and opens an incident of its own', async () => {
  const desk = await open(options);
  const { incidentId: old = '' } = await desk.alert('disk', { severity: 'sev2' });
  desk.expectPaged('ada');
  beforeCommitOf(desk, 'alert', () => desk.does('ada', 'resolve'));
  expect((await desk.alert('checkout', { severity: 'sev1' })).reason).toBe('first');
  desk.expectPaged('ada');
  expect((await desk.incident(old)).status).toBe('resolved');
  expect(await desk.incidents()).toHaveLength(2);
});
