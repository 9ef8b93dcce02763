import { expect, test } from 'vitest';
import type { StoredRecord } from '../../shared/domain/records.ts';
import { repair } from '../../shared/workflow/engine/repair.ts';
import type { Desk } from '../support/desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const open = deskOn(testEngine());

/** Removes every timer, as nothing in Firebreak does. */
const loseTimers = async ({ ports }: Desk): Promise<void> => {
  const all = { now: '2030-01-01T00:00:00.000Z', oldestFirst: true, limit: 100 };
  for (const { ref } of await ports.store.due('timer', all)) await ports.store.commit([{ remove: ref }]);
};

const audited = async (desk: Desk): Promise<{ found: number; alarms: string[] }> => {
  const alarms: string[] = [];
  const telemetry = { ...desk.ports.telemetry, alarm: (event: string) => void alarms.push(event) };
  const found = await repair({ ...desk.ports, telemetry });
  return { found, alarms };
};

test('an unanswered incident without a next step gets it back, and an alarm says so', async () => {
  const desk = await open();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await loseTimers(desk);
  await desk.pass('PT11M');
  desk.expectNobodyPaged();
  expect(await audited(desk)).toEqual({ found: 1, alarms: ['next-step-was-missing'] });
  await desk.pass('PT1M');
  expectPagedByBoth(desk, 'bo');
  expect(await audited(desk)).toEqual({ found: 0, alarms: [] });
  await desk.pass('PT4M');
  expectPagedByBoth(desk, 'cy', 'dee');
  await desk.does('cy', 'acknowledge');
});

test('an exhausted one too: the fallback contact is reached again, and goes on', async () => {
  const desk = await open({ cast: { methods: { ada: [], bo: [], cy: [], dee: [] } } });
  await desk.alert('checkout');
  desk.expectPaged('fallback');
  await loseTimers(desk);
  await desk.pass('PT36M');
  expect((await audited(desk)).found).toBe(1);
  await desk.pass('PT1S');
  desk.expectPaged('fallback');
  await desk.pass('PT30M');
  desk.expectPaged('fallback');
  desk.expectNobodyPaged();
});

test('a timer that was only late is not doubled by the one that the audit armed', async () => {
  const desk = await open({ cast: { methods: { ada: [], bo: [], cy: [], dee: [] } } });
  await desk.alert('checkout');
  desk.expectPaged('fallback');
  const incident = await desk.incident();
  const overdue: StoredRecord = {
    ...incident,
    escalation: { ...incident.escalation, nextAt: '2026-01-05T08:00:00.000Z' },
    version: incident.version + 1,
  };
  await desk.ports.store.commit([{ put: overdue }]);
  expect((await audited(desk)).found).toBe(1);
  await desk.pass('PT29M59S');
  desk.expectPaged('fallback');
  expect((await desk.incident()).escalation.round).toBe(2);
  await desk.pass('PT1S');
  desk.expectPaged('fallback');
  desk.expectNobodyPaged();
});

test('answered, over, and armed ones are left alone', async () => {
  const desk = await open();
  const answered = await desk.alert('checkout');
  await desk.does('ada', 'acknowledge', answered.incidentId);
  const over = await desk.alert('payments');
  await desk.does('ada', 'resolve', over.incidentId);
  await desk.alert('search');
  expectPagedByBoth(desk, 'ada', 'ada', 'ada');
  expect((await audited(desk)).found).toBe(0);
});

test.each([
  ['cannot be read', { title: 7 as never }, 'unreadable-record'],
  ['the store gives no more', {}, 'incident-not-audited'],
])('of two incidents one that %s fails alone, with an alarm', async (_, broken, alarm) => {
  const desk = await open();
  const { incidentId: first } = await desk.alert('checkout');
  const { incidentId: second = '' } = await desk.alert('payments');
  expectPagedByBoth(desk, 'ada', 'ada');
  await loseTimers(desk);
  await desk.pass('PT11M');
  const newest = await desk.incident(second);
  await desk.ports.store.commit([{ put: { ...newest, ...broken } }]);
  const { store } = desk.ports;
  const withoutIt: typeof store.get = async (ref) => {
    const { kind, id } = ref as { kind: string; id?: string };
    if (alarm === 'incident-not-audited' && kind === 'incident' && id === second) throw new Error('gone');
    return store.get(ref);
  };
  desk.ports.store = { ...store, get: withoutIt };
  const { found, alarms } = await audited(desk);
  expect([found, alarms.toSorted()]).toEqual([1, [alarm, 'next-step-was-missing'].toSorted()]);
  desk.ports.store = store;
  expect((await desk.timeline(first)).at(-1)).toMatchObject({ reason: 'found-by-audit' });
});
