import { expect, test } from 'vitest';
import { type Effect, isBackground, newEffect } from '../../shared/domain/outbox/timer.ts';
import { Refused } from '../../shared/domain/refused.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import { performEffect } from '../../shared/workflow/engine/perform-effect.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());
const incidentId = 'inc_01KE6F3G000000000000000000';
const lessons: Effect['perform'][] = [
  { type: 'compare', incidentId },
  { type: 'record-outcome', incidentId, episode: 1 },
  { type: 'reopen-for-recurrence', incidentId, causeId: 'cau_01KE6F3G000000000000000000' },
  { type: 'sync-issue', actionItemId: 'act_01KE6F3G000000000000000000' },
];
const reconcile: Effect['perform'] = { type: 'reconcile', incidentId, episode: 1, because: 'alert-joined' };

/** Performs a promised effect while the table answers every read with this error. */
const performed = async (desk: Desk, perform: Effect['perform'], error: Error) => {
  const { ports } = desk;
  const invocation = newInvocation(ports);
  const effect = newEffect(
    { subjectId: 'sub_1', clientId: '*' },
    { label: 'background', perform },
    invocation,
  );
  await ports.store.commit([{ put: effect }]);
  desk.outbox.length = 0;
  const bad = async (): Promise<never> => {
    throw error;
  };
  const store = { ...ports.store, get: bad, getMany: bad, list: bad };
  const outcome = await performEffect({ ...ports, store }, effect).catch(
    (thrown) => `threw ${thrown.message}`,
  );
  return { outcome, left: await ports.store.get(effect), alarms: desk.alarms.splice(0) };
};

test.each(lessons)(
  'a lesson that meets a bad item ($do) fails nothing beside it: it stays due, with an alarm',
  async (perform) => {
    const desk = await open();
    const { outcome, left, alarms } = await performed(desk, perform, new Error('a bad item'));
    expect(outcome).toMatch(/^(put-off|not-recurred)$/);
    expect(left).toMatchObject({ perform });
    expect(alarms).toEqual([expect.stringContaining('a bad item')]);
  },
);

test.each(lessons)('while the store is busy a lesson ($do) is put off without an alarm', async (perform) => {
  const desk = await open();
  const { outcome, left, alarms } = await performed(desk, perform, new Refused('unavailable', 'busy'));
  expect([outcome, alarms]).toEqual(['put-off', []]);
  expect(left).toMatchObject({ perform });
});

test('what somebody waits for fails loudly, so that the stream brings it again', async () => {
  const desk = await open();
  const { outcome } = await performed(desk, reconcile, new Error('the table is down'));
  expect(outcome).toBe('threw the table is down');
  expect([...lessons, reconcile].map((perform) => isBackground({ perform }))).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
});
