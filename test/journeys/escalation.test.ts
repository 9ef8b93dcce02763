import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());

test('nobody answers: each step in turn, then the fallback contact every 30 minutes', async () => {
  const desk = await open();
  await desk.alert('checkout');
  desk.expectPaged('ada', 'sms');
  desk.expectPaged('ada', 'email');
  await desk.pass('PT4M59S');
  desk.expectNobodyPaged();
  await desk.pass('PT1S');
  desk.expectPaged('bo', 'sms');
  desk.expectPaged('bo', 'email');
  await desk.pass('PT5M');
  for (const name of ['cy', 'dee']) {
    desk.expectPaged(name, 'sms');
    desk.expectPaged(name, 'email');
  }
  await desk.pass('PT5M');
  desk.expectPaged('fallback', 'email');
  await desk.pass('PT30M');
  desk.expectPaged('fallback', 'email');
  await desk.does('bo', 'acknowledge');
  await desk.pass('PT2H');
  desk.expectNobodyPaged();
  expect((await desk.incident()).status).toBe('acknowledged');
});

test('somebody answers: nobody else is ever paged', async () => {
  const desk = await open();
  await desk.alert('checkout');
  desk.expectPaged('ada', 'sms');
  desk.expectPaged('ada', 'email');
  await desk.pass('PT5M');
  desk.expectPaged('bo', 'sms');
  desk.expectPaged('bo', 'email');
  expect(await desk.does('ada', 'acknowledge')).toBe('acknowledged');
  expect(await desk.does('bo', 'acknowledge')).toBe('already-answered');
  await desk.pass('PT3H');
  desk.expectNobodyPaged();
});

test('the monitor says that it is over: resolved, and nobody is paged any more', async () => {
  const desk = await open();
  await desk.alert('checkout');
  desk.expectPaged('ada', 'sms');
  desk.expectPaged('ada', 'email');
  expect((await desk.resolved('checkout')).reason).toBe('alert-resolved');
  expect((await desk.incident()).status).toBe('resolved');
  await desk.pass('PT1H');
  desk.expectNobodyPaged();
});
