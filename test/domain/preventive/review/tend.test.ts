import { expect, test } from 'vitest';
import { runTask } from '../../../../shared/domain/preventive/review/tasks.ts';
import { after } from '../../../../shared/domain/time.ts';
import { armed, context, drawAt, NOW, review, told } from '../review-scene.ts';

const DUE = after(NOW, 'P5D');
const READERS = { publishTo: [{ id: 'rita', name: 'Rita', email: 'rita@client.example.com' }] };
const BO = { role: 'technical-lead' as const, by: 'per_bo', name: 'Bo', at: NOW, revision: 1 };

const run = (
  task: string,
  { at = NOW, changes = {}, rule = {} }: { at?: string; changes?: object; rule?: object } = {},
) => runTask(review(changes), { generation: 1, task }, { context: context(rule), invocation: drawAt(at) });

const OVERDUE = ['per_ada overdue', 'per_bo overdue', 'per_cy overdue'];
const APPROVE = { status: 'in-review' };

test.each([
  ['half', { at: after(NOW, 'PT60H') }, ['per_ada half'], ['day-before', after(NOW, 'P4D')]],
  ['half', { at: after(NOW, 'P4D') }, ['per_ada half'], ['due', DUE]],
  ['day-before', { at: after(NOW, 'P4D') }, ['per_ada day-before'], ['due', DUE]],
  ['due', { at: DUE }, ['per_ada due'], ['overdue:1', after(DUE, 'P1D')]],
  ['overdue:1', { at: DUE }, OVERDUE.slice(0, 2), ['overdue:2', after(DUE, 'P1D')]],
  ['overdue:2', { at: DUE }, OVERDUE, ['overdue:3', after(DUE, 'P1D')]],
  ['overdue:9', { at: DUE }, OVERDUE, ['overdue:10', after(DUE, 'P1D')]],
  ['overdue:10', { at: DUE }, OVERDUE, ['overdue:11', after(DUE, 'P7D')]],
  ['overdue:500', { at: DUE }, OVERDUE, ['overdue:501', after(DUE, 'P7D')]],
  ['overdue:11', { at: DUE, rule: { remindEvery: 'P14D' } }, OVERDUE, ['overdue:12', after(DUE, 'P14D')]],
  [
    'overdue:1',
    { at: DUE, rule: { remindEvery: 'PT0S' } },
    OVERDUE.slice(0, 2),
    ['overdue:2', after(DUE, 'PT1M')],
  ],
  ['approve:1', { changes: APPROVE }, ['per_bo approve', 'per_cy approve'], ['approve:2', after(NOW, 'P1D')]],
  [
    'approve:2',
    { changes: { ...APPROVE, approvals: [BO] } },
    ['per_cy approve'],
    ['approve:3', after(NOW, 'P1D')],
  ],
  [
    'approve:3',
    { changes: { ...APPROVE, approvals: [BO] } },
    ['per_cy approve', 'per_bo late-project-manager'],
    ['approve:4', after(NOW, 'P1D')],
  ],
  [
    'approve:1',
    { changes: { ...APPROVE, projectManagerId: undefined } },
    ['per_bo approve', 'per_cy approve', 'per_ada approver-missing'],
    ['approve:2', after(NOW, 'P1D')],
  ],
  [
    'publish:1',
    { changes: { status: 'approved' }, rule: READERS },
    ['per_cy publish'],
    ['publish:2', after(NOW, 'P1D')],
  ],
] as const)('%s of %o', (task, given, heard, next) => {
  const plan = run(task, given);
  expect(told(plan)).toEqual(heard);
  expect(armed(plan)).toEqual([next]);
  expect(plan.history.length).toBeGreaterThan(0);
});

test.each([
  ['of an older generation', 'due', { changes: { generation: 2 } }, 'overtaken'],
  ['of another status', 'due', { changes: { status: 'in-review' } }, 'in-review'],
  ['of what is waived', 'approve:1', { changes: { status: 'waived' } }, 'waived'],
  ['that nobody knows', 'dance', {}, 'unknown-task'],
  ['to publish for nobody', 'publish:1', { changes: { status: 'approved' } }, 'nobody-waits'],
])('a task %s does nothing', (_, task, given, reason) => {
  expect(run(task, given)).toMatchObject({ outbox: [], history: [], reason });
});
