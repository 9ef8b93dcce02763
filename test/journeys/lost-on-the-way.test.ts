import { expect, test } from 'vitest';
import { after, type Duration } from '../../shared/domain/time.ts';
import { receiveAlert } from '../../shared/workflow/alerts/receive-alert.ts';
import { deliver } from '../../shared/workflow/engine/deliver.ts';
import { fireTimer } from '../../shared/workflow/engine/fire-timer.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { sweep } from '../../shared/workflow/engine/sweep.ts';
import type { Desk } from '../support/desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const open = deskOn(testEngine());

/** The same installation a while later, when nothing has run in between. */
const later = ({ ports }: Desk, by: Duration): Ports => {
  const now = after(ports.clock.now(), by);
  return { ...ports, clock: { ...ports.clock, now: () => now } };
};

const alertWithoutStream = async (desk: Desk): Promise<void> => {
  const invocation = { now: desk.ports.clock.now(), id: desk.ports.newId() };
  const event = {
    action: 'trigger' as const,
    dedupKey: 'checkout',
    summary: 'Checkout',
    severity: 'sev1' as const,
  };
  await receiveAlert(desk.ports, desk.cast.integration, event, invocation);
  desk.outbox.length = 0;
};

const timerOf = async (desk: Desk): Promise<string> => {
  const [due] = await desk.ports.store.due('timer', {
    now: '2030-01-01T00:00:00.000Z',
    oldestFirst: true,
    limit: 1,
  });
  return due?.ref.kind === 'timer' ? due.ref.id : '';
};

test('the stream is lost: the next sweep sends the pages', async () => {
  const desk = await open();
  await alertWithoutStream(desk);
  await sweep(later(desk, 'PT1M'));
  expectPagedByBoth(desk, 'ada');
});

test('the schedule is lost: the next sweep takes the step', async () => {
  const desk = await open();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await sweep(later(desk, 'PT4M59S'));
  desk.expectNobodyPaged();
  await sweep(later(desk, 'PT5M59S'));
  await sweep(later(desk, 'PT6M59S'));
  expectPagedByBoth(desk, 'bo');
});

test('a page that goes out late says so', async () => {
  const desk = await open();
  await alertWithoutStream(desk);
  await sweep(later(desk, 'PT4M'));
  expect(desk.expectPaged('ada', 'sms').text).not.toContain('LATE');
  desk.expectPaged('ada', 'email');
  await sweep(later(desk, 'PT9M'));
  await desk.reconcile();
  await sweep(later(desk, 'PT20M'));
  expect(desk.expectPaged('bo', 'email').subject).toContain('LATE');
  expect(desk.expectPaged('bo', 'sms').text).toContain('LATE');
  desk.outbox.length = 0;
});

test('a sender dies after its claim: nobody else sends before the lease is over, then it is sent', async () => {
  const desk = await open();
  await alertWithoutStream(desk);
  const dead = (await desk.pages()).find(({ channel }) => channel === 'sms');
  if (!dead) throw new Error('No text was promised.');
  await desk.ports.store.claim(dead, desk.ports.clock.now());
  expect(await deliver(desk.ports, dead)).toBe('not-to-be-had');
  await sweep(later(desk, 'PT29S'));
  desk.expectPaged('ada', 'email');
  desk.expectNobodyPaged();
  await sweep(later(desk, 'PT30S'));
  desk.expectPaged('ada', 'sms');
});

test('a start takes over what the dead process had claimed, without waiting for its lease', async () => {
  const desk = await open();
  await alertWithoutStream(desk);
  for (const page of await desk.pages()) await desk.ports.store.claim(page, desk.ports.clock.now());
  await sweep(desk.ports, { asOf: after(desk.ports.clock.now(), 'PT30S') });
  expectPagedByBoth(desk, 'ada');
});

test('two sweeps at once share the work', async () => {
  const desk = await open();
  await alertWithoutStream(desk);
  await Promise.all([sweep(later(desk, 'PT1M')), sweep(later(desk, 'PT1M'))]);
  expectPagedByBoth(desk, 'ada');
});

test('a timer woken early throws, to be woken again; woken twice it fires once', async () => {
  const desk = await open();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  const timer = await timerOf(desk);
  await expect(fireTimer(later(desk, 'PT4M59S'), timer)).rejects.toThrow('woken early');
  const due = later(desk, 'PT5M');
  const reasons = await Promise.all([fireTimer(due, timer), fireTimer(due, timer)]);
  expect(reasons.sort()).toEqual(['fired-already', 'step-taken']);
  expect(await fireTimer(due, timer)).toBe('fired-already');
  await sweep(due);
  expectPagedByBoth(desk, 'bo');
  desk.outbox.length = 0;
});

test('a bad item fails alone, and the sweep says so', async () => {
  const desk = await open();
  await alertWithoutStream(desk);
  const [page] = await desk.pages();
  if (!page) throw new Error('No page was promised.');
  await desk.ports.store.commit([{ put: { ...page, promise: 'bad#bad#bad', attempts: 'many' as never } }]);
  const alarms: string[] = [];
  const telemetry = { ...desk.ports.telemetry, alarm: (event: string) => void alarms.push(event) };
  const report = await sweep({ ...later(desk, 'PT1M'), telemetry });
  expect([report.failed, alarms]).toEqual([1, ['promise-not-kept']]);
  expectPagedByBoth(desk, 'ada');
});
