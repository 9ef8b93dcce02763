import { expect, test } from 'vitest';
import { receiveAlert } from '../../shared/workflow/alerts/receive-alert.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const options = { cast: { steps: onlyAda, methods: byTextAlone } };

const counted = async (desk: Desk, alertId = ''): Promise<number | undefined> =>
  (await desk.ports.store.get({ kind: 'alert', id: alertId }))?.count;

test('a repeat pages nobody, writes no line, and is counted at most once a second', async () => {
  const desk = await open(options);
  const first = await desk.alert('checkout');
  desk.expectPaged('ada');
  const lines = (await desk.timeline()).length;
  for (const expected of [1, 2, 3]) {
    for (let times = 0; times < 3; times += 1)
      expect(await desk.alert('checkout')).toEqual({ ...first, reason: 'duplicate' });
    expect(await counted(desk, first.alertId)).toBe(expected);
    await desk.pass('PT1S');
  }
  expect(await desk.timeline()).toHaveLength(lines);
  expect(await desk.incidents()).toHaveLength(1);
});

test('another process counts in the same second: the count still moves by one', async () => {
  const desk = await open(options);
  const { alertId } = await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.pass('PT1S');
  await desk.alert('checkout');
  const other = { ...desk.ports, store: { ...desk.ports.store } };
  const event = {
    action: 'trigger' as const,
    dedupKey: 'checkout',
    summary: 'x',
    severity: 'sev1' as const,
  };
  expect((await receiveAlert(other, desk.cast.integration, event, newInvocation(other))).reason).toBe(
    'duplicate',
  );
  expect(await counted(desk, alertId)).toBe(2);
});

test('a repeat after the answer does not take the answer back', async () => {
  const desk = await open(options);
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.does('ada', 'acknowledge');
  expect((await desk.alert('checkout')).reason).toBe('duplicate');
  expect((await desk.incident()).status).toBe('acknowledged');
});
