import { expect, test } from 'vitest';
import type { Desk, DeskOptions } from '../support/desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());

const withoutKey = async (options: DeskOptions = {}): Promise<{ desk: Desk; alarms: string[] }> => {
  const desk = await open(options);
  const alarms: string[] = [];
  desk.ports.secrets.linkKeys = async () => {
    throw new Error('Secrets Manager is down');
  };
  desk.ports.telemetry = { ...desk.ports.telemetry, alarm: (event) => void alarms.push(event) };
  return { desk, alarms };
};

test('the key of the links cannot be had: pages go out without a link, and an alarm says so', async () => {
  const { desk, alarms } = await withoutKey({ settings: { smsReplies: true } });
  const { incidentId = '' } = await desk.alert('checkout');
  const text = desk.expectPaged('ada', 'sms').text;
  expect(text).toMatch(/Reply 1a ack, 1r resolve, 1e escalate$/);
  expect(text).not.toContain('http');
  const mail = desk.expectPaged('ada', 'email');
  for (const body of [mail.text, mail.html]) {
    expect(body).toContain(incidentId);
    expect(body).not.toMatch(/undefined|href|https:/);
  }
  expect(alarms).toEqual(['page-without-link', 'page-without-link']);
  expect((await desk.pages()).map(({ state }) => state)).toEqual(['handed-over', 'handed-over']);
});

test('a text without a code says how to answer even so', async () => {
  const { desk } = await withoutKey();
  await desk.alert('checkout');
  expect(desk.expectPaged('ada', 'sms').text).toMatch(/use the API\.$/);
  desk.expectPaged('ada', 'email');
});
