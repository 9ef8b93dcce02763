import { expect, test } from 'vitest';
import { toItem, toRecord } from '../../shared/store/item.ts';
import { keyOf } from '../../shared/store/keys.ts';
import { SAMPLES } from './samples.ts';

const AT = '2026-01-02T03:04:05.000Z';
const EFFECT = { kind: 'effect', subjectId: 'inc_1', id: 'eff_1', clientId: 'cli_1', dueAt: AT, attempts: 0 };
const TIMER = { kind: 'timer', id: 'tmr_1', clientId: 'cli_1', dueAt: AT };

test.each([
  ['settle', 'reconcile', { incidentId: 'inc_1', episode: 1, because: 'alert-joined' }],
  ['spread', 'fan-out', { providerIncidentId: 'pvi_1', line: 'Down', at: AT }],
  ['learn', 'record-outcome', { incidentId: 'inc_1', episode: 1 }],
  ['recur', 'reopen-for-recurrence', { causeId: 'cau_1', incidentId: 'inc_1' }],
  ['track', 'sync-issue', { actionItemId: 'act_1' }],
  ['compare', 'compare', { incidentId: 'inc_1' }],
  ['text', 'text', { phone: '+15550100123', text: 'Hello' }],
])('an effect of version 1 that says %s is read as %s', (before, type, rest) => {
  const item = { ...EFFECT, perform: { do: before, ...rest }, pk: 'inc_1', sk: 'effect#eff_1', v: 1 };
  expect(toRecord('effect', item)).toEqual({ ...EFFECT, perform: { type, ...rest } });
});

test.each([
  ['tend', 'run-task', { subjectId: 'rev_1', generation: 1, task: 'due' }],
  ['escalate', 'escalate', { incidentId: 'inc_1', generation: 1, loop: 0, step: 0 }],
])('a timer of version 1 that says %s is read as %s', (before, type, rest) => {
  const item = { ...TIMER, command: { do: before, ...rest }, pk: 'tmr_1', sk: 'timer', v: 1 };
  expect(toRecord('timer', item)).toEqual({ ...TIMER, command: { type, ...rest } });
});

test.each([
  ['likeness', 'fingerprint'],
  ['resemblance', 'similar-incidents'],
  ['forgotten-alerts', 'alerts-open-at-resolve'],
] as const)('what version 1 called %s is read as %s, where it was', (before, kind) => {
  const record = SAMPLES[kind];
  expect(toRecord(kind, { ...toItem(record), kind: before, v: 1 })).toEqual(record);
  expect(JSON.stringify(keyOf(record))).toContain(before);
});

test('an entry of an incident’s timeline of version 1 is a history entry, where it was', () => {
  const { subjectId, ...entry } = SAMPLES['history-entry'];
  const item = { ...entry, kind: 'timeline-entry', incidentId: subjectId, v: 1 };
  expect(toRecord('history-entry', item)).toEqual(SAMPLES['history-entry']);
  expect(keyOf(SAMPLES['history-entry']).sk).toBe(`timeline#${entry.id}`);
});
