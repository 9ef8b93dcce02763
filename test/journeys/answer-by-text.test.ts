import { expect, test } from 'vitest';
import { answerByText } from '../../shared/workflow/paging/answer-page.ts';
import type { Desk } from '../support/desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());
const replies = { settings: { smsReplies: true } };
const PHONE = '+15550100100';

const texts = async (desk: Desk, text: string, messageId = desk.ports.newId()): Promise<string> => {
  const invocation = { now: desk.ports.clock.now(), id: desk.ports.newId() };
  const reason = await answerByText(desk.ports, { phone: PHONE, text, messageId }, invocation);
  await desk.reconcile();
  return reason;
};

const paged = async (desk: Desk, dedupKey = 'checkout'): Promise<string> => {
  await desk.alert(dedupKey);
  desk.expectPaged('ada', 'email');
  return desk.expectPaged('ada', 'sms').text;
};

test.each([
  ['1a', 'acknowledged', 'acknowledged', 'Nobody else is paged'],
  [' 1 A please', 'acknowledged', 'acknowledged', 'Nobody else is paged'],
  ['1r', 'resolved', 'resolved', 'resolved'],
])('%j: %s', async (text, reason, status, sentence) => {
  const desk = await open(replies);
  expect(await paged(desk)).toContain('Reply 1a ack, 1r resolve, 1e escalate');
  expect(await texts(desk, text)).toBe(reason);
  expect(await desk.incident()).toMatchObject({ status });
  expect(desk.expectPaged('ada', 'sms').text).toContain(sentence);
});

test('1e escalates, and the same text delivered twice is one text', async () => {
  const desk = await open(replies);
  await paged(desk);
  expect(await texts(desk, '1e', 'the-same')).toBe('step-taken');
  desk.expectPaged('bo', 'sms');
  desk.expectPaged('bo', 'email');
  desk.expectPaged('ada', 'sms');
  await desk.pass('PT1M');
  expect(await texts(desk, '1e', 'the-same')).toBe('heard-already');
  desk.expectNobodyPaged();
  expect((await desk.incident()).escalation.step).toBe(1);
  await desk.does('bo', 'acknowledge');
});

test('a text that is heard by two processes at once is one text', async () => {
  const desk = await open(replies);
  await paged(desk);
  const outcomes = await Promise.allSettled([texts(desk, '1e', 'one'), texts(desk, '1e', 'one')]);
  expect(outcomes.map(({ status }) => status)).toContain('fulfilled');
  expect((await desk.incident()).escalation.step).toBe(1);
  desk.expectPaged('bo', 'sms');
  desk.expectPaged('bo', 'email');
  desk.expectPaged('ada', 'sms');
});

test('one incident has one code on a phone; another has another', async () => {
  const desk = await open({
    ...replies,
    cast: { repeats: 1, steps: ({ ada }) => [{ delay: 'PT5M', targets: [{ type: 'person', id: ada.id }] }] },
  });
  expect(await paged(desk)).toContain('Reply 1a');
  expect(await paged(desk, 'payments')).toContain('Reply 2a');
  await desk.pass('PT5M');
  const again = [desk.expectPaged('ada', 'sms').text, desk.expectPaged('ada', 'sms').text];
  expect(again.map((text) => /Reply (\d+)a/.exec(text)?.[1]).sort()).toEqual(['1', '2']);
  desk.expectPaged('ada', 'email');
  desk.expectPaged('ada', 'email');
  await texts(desk, '2a');
  desk.expectPaged('ada', 'sms');
  const statuses = (await desk.incidents()).map(({ number, status }) => `${number} ${status}`);
  expect(statuses.sort()).toEqual(['1 triggered', '2 acknowledged']);
  await texts(desk, '1a');
  desk.expectPaged('ada', 'sms');
});

test('a code is not given to another incident for 7 days after it was last sent', async () => {
  const desk = await open(replies);
  await paged(desk);
  await texts(desk, '1r');
  desk.expectPaged('ada', 'sms');
  await desk.ports.store.nextNumber(`sms-codes#${PHONE}`, { by: 9998 });
  await desk.pass('P6DT23H');
  expect(await paged(desk, 'payments')).toContain('Reply 2a');
  await texts(desk, '2r');
  desk.expectPaged('ada', 'sms');
  await desk.ports.store.nextNumber(`sms-codes#${PHONE}`, { by: 9997 });
  await desk.pass('PT2H');
  expect(await paged(desk, 'search')).toContain('Reply 1a');
  await texts(desk, '1a');
  desk.expectPaged('ada', 'sms');
  expect(await desk.incident()).toMatchObject({ title: 'search is broken', status: 'acknowledged' });
});

test('what is not understood is explained five times a day, then no more that day', async () => {
  const desk = await open(replies);
  for (let times = 0; times < 5; times += 1) {
    expect(await texts(desk, times % 2 ? 'hello' : '7a')).toBe('unknown-code');
    expect(desk.expectPaged('ada', 'sms').text).toContain('No open page has this code');
  }
  expect(await texts(desk, '7a')).toBe('unknown-code-not-answered');
  desk.expectNobodyPaged();
  await desk.pass('P1D');
  expect(await texts(desk, '7a')).toBe('unknown-code');
  desk.expectPaged('ada', 'sms');
});

test('an answer to what is over says so and changes nothing', async () => {
  const desk = await open(replies);
  await paged(desk);
  await desk.does('bo', 'resolve');
  const before = await desk.incident();
  expect(await texts(desk, '1a')).toBe('incident-is-over');
  expect(desk.expectPaged('ada', 'sms').text).toContain('is already over');
  expect(await desk.incident()).toEqual(before);
});

test('where texts cannot be answered they carry no code', async () => {
  const desk = await open();
  expect(await paged(desk)).not.toContain('Reply');
});
