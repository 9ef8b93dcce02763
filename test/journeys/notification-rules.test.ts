import { test } from 'vitest';
import { deskOn, refuses } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectTold } from '../support/paged.ts';

const open = deskOn(testEngine());
const high = (methodId: string, delay: string) => ({ urgency: 'high' as const, methodId, delay });

test('a rule with a delay is used when it is over and nobody has answered', async () => {
  const desk = await open({ cast: { rules: { ada: [high('sms', 'PT0S'), high('mail', 'PT2M')] } } });
  await desk.alert('checkout');
  desk.expectPaged('ada', 'sms');
  await desk.pass('PT1M59S');
  desk.expectNobodyPaged();
  await desk.pass('PT1S');
  desk.expectPaged('ada', 'email');
  await desk.does('ada', 'acknowledge');
});

test('answered before the delay is over, it is not used', async () => {
  const desk = await open({ cast: { rules: { ada: [high('sms', 'PT0S'), high('mail', 'PT2M')] } } });
  await desk.alert('checkout');
  desk.expectPaged('ada', 'sms');
  await desk.does('ada', 'acknowledge');
  await desk.pass('PT1H');
  desk.expectNobodyPaged();
});

test('a failed method brings the next forward, and its own time does not repeat it', async () => {
  const desk = await open({ cast: { rules: { ada: [high('sms', 'PT0S'), high('mail', 'PT2M')] } } });
  desk.channel('sms', refuses);
  await desk.alert('checkout');
  desk.expectPaged('ada', 'email');
  await desk.pass('PT4M');
  desk.expectNobodyPaged();
  await expectTold(desk, 'page-given-up', 1);
});

test('a method that two rules name is used once, at the earlier time', async () => {
  const rules = [high('mail', 'PT3M'), high('sms', 'PT0S'), high('sms', 'PT0S'), high('mail', 'PT1M')];
  const desk = await open({ cast: { rules: { ada: rules } } });
  await desk.alert('checkout');
  desk.expectPaged('ada', 'sms');
  await desk.pass('PT1M');
  desk.expectPaged('ada', 'email');
  await desk.pass('PT3M');
  desk.expectNobodyPaged();
});

test('rules that only name what is not verified are as good as none', async () => {
  const methods = [
    { id: 'sms', channel: 'sms' as const, address: '+15550100100', verified: false },
    { id: 'mail', channel: 'email' as const, address: 'ada@example.com', verified: true },
  ];
  const desk = await open({ cast: { methods: { ada: methods }, rules: { ada: [high('sms', 'PT0S')] } } });
  await desk.alert('checkout');
  desk.expectPaged('ada', 'email');
});

test('low urgency pages by mail, unless rules say otherwise', async () => {
  const low = [{ urgency: 'low' as const, methodId: 'sms', delay: 'PT0S' }];
  const desk = await open({ cast: { rules: { bo: low } } });
  await desk.alert('disk', { severity: 'sev3' });
  desk.expectPaged('ada', 'email');
  await desk.pass('PT5M');
  desk.expectPaged('bo', 'sms');
  await desk.does('bo', 'acknowledge');
});
