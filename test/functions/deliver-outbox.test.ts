import type { DynamoDBStreamEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { handler } from '../../functions/deliver-outbox.ts';
import { openStreamEmulator } from '../../infra/local/stream-emulator.ts';
import { epoch, instant } from '../../shared/domain/time.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { receiveAlert } from '../../shared/workflow/alerts/receive-alert.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Desk } from '../support/desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const openDesk = deskOn(testEngine());

/** An alert, and what the stream then brings: two pages and a timer. */
const streamOf = async ({ ports, cast, outbox }: Desk): Promise<DynamoDBStreamEvent> => {
  const event = { action: 'trigger', dedupKey: 'checkout', summary: 'Checkout', severity: 'sev1' } as const;
  await receiveAlert(ports, cast.integration, event, { now: ports.clock.now(), id: ports.newId() });
  const events: DynamoDBStreamEvent[] = [];
  const streamEmulator = openStreamEmulator(async (given) => void events.push(given));
  streamEmulator.take(outbox.splice(0));
  await streamEmulator.settled();
  return { Records: events.flatMap(({ Records }) => Records) };
};

const handedTo = async (desk: Desk, change: Partial<Ports>) => {
  const event = await streamOf(desk);
  const alarms: string[] = [];
  const telemetry = { ...desk.ports.telemetry, alarm: (name: string) => void alarms.push(name) };
  usePorts({ ...desk.ports, telemetry, ...change });
  const answer = await handler(event);
  desk.outbox.length = 0;
  return { answer, alarms };
};

test('sends the pages of a batch and arms its timers', async () => {
  const desk = await openDesk();
  const armed: string[] = [];
  const { answer, alarms } = await handedTo(desk, { armTimer: async ({ id }) => void armed.push(id) });
  expect([answer, armed.length, alarms]).toEqual([{ batchItemFailures: [] }, 1, []]);
  expectPagedByBoth(desk, 'ada');
});

test('a timer that cannot be armed is left to the sweep: the pages behind it do not wait', async () => {
  const desk = await openDesk();
  const throttled = async (): Promise<never> => {
    throw new Error('ThrottlingException');
  };
  const { answer, alarms } = await handedTo(desk, { armTimer: throttled });
  expect([answer, alarms]).toEqual([{ batchItemFailures: [] }, ['timer-not-armed']]);
  expectPagedByBoth(desk, 'ada');
});

test('trouble with the store brings the record again', async () => {
  const desk = await openDesk();
  const claim = async (): Promise<never> => {
    throw new Error('the table is down');
  };
  const { answer, alarms } = await handedTo(desk, { store: { ...desk.ports.store, claim } });
  // Two pages, and the look at what the incident is like.
  expect(answer.batchItemFailures).toHaveLength(3);
  expect(alarms).toEqual(['record-failed', 'record-failed', 'record-failed']);
});

test('an incident that cannot be compared with others fails no record: the pages behind it do not wait', async () => {
  const desk = await openDesk();
  const list = async (): Promise<never> => {
    throw new Error('a bad item');
  };
  const { answer, alarms } = await handedTo(desk, { store: { ...desk.ports.store, list } });
  expect([answer, alarms]).toEqual([{ batchItemFailures: [] }, ['background-effect-failed']]);
  expectPagedByBoth(desk, 'ada');
});

test.each([
  ['5 seconds behind sends the page all the same', 5000, true],
  ['further behind leaves it to the sweep', 5001, false],
])('a clock %s', async (_, behind, sends) => {
  const desk = await openDesk();
  const now = instant(epoch(desk.ports.clock.now()) - behind);
  await handedTo(desk, { clock: { ...desk.ports.clock, now: () => now } });
  if (sends) expectPagedByBoth(desk, 'ada');
  desk.expectNobodyPaged();
});
