import { expect, test } from 'vitest';
import { deskOn, isDown } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());

test('nothing at all gets out: it is tried on, and whatever comes back first is used', async () => {
  const desk = await open();
  desk.channel('sms', isDown);
  desk.channel('email', isDown);
  await desk.alert('checkout');
  expect((await desk.incident()).escalation).toMatchObject({ state: 'exhausted', round: 1 });
  await desk.pass('PT50S');
  desk.channel('email', ({ id }) => ({ handedOver: true, reference: id }));
  await desk.pass('PT1M');
  for (const name of ['ada', 'bo', 'cy', 'dee', 'fallback']) desk.expectPaged(name, 'email');
  expect(await desk.does('ada', 'acknowledge')).toBe('acknowledged');
  await desk.pass('PT2H');
  expect((await desk.pages()).filter(({ dueAt }) => dueAt)).toEqual([]);
});
