import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../../shared/domain/outbox/decision.ts';
import {
  type ActionItem,
  ActionItemBody,
} from '../../../../shared/domain/preventive/action-item/action-item.ts';
import {
  change,
  complete,
  drop,
  make,
  openAgain,
  reopen,
} from '../../../../shared/domain/preventive/action-item/life.ts';
import { proofOf, wordsFor } from '../../../../shared/domain/preventive/action-item/messages.ts';
import type { Context, Deciding } from '../../../../shared/domain/preventive/action-item/planner.ts';
import { receive, reopenForRecurrence } from '../../../../shared/domain/preventive/action-item/receiving.ts';
import { runTask } from '../../../../shared/domain/preventive/action-item/tasks.ts';
import { verifierOf, verify } from '../../../../shared/domain/preventive/action-item/verification.ts';
import { PREVENTIVE_SAMPLES } from '../../../store/preventive-samples.ts';

const sample = PREVENTIVE_SAMPLES['action-item'];
const NOW = '2026-03-05T12:00:00.000Z';
const statement = {
  ...{ type: 'statement' as const, statement: 'It is fast', lookAgainAt: '2026-03-04T12:00:00.000Z' },
};
const recipient = (id: string) => ({
  ...{ id, name: id, channel: 'email' as const, address: `${id}@example.com`, ours: true },
});
const context: Context = {
  ...{ clientName: 'Example Shop', ownerName: 'Bo Example', timeZone: 'Europe/Berlin' },
  ...{ owner: recipient('per_1'), lead: recipient('per_2'), manager: recipient('per_3') },
  ...{ verifier: recipient('per_2'), reviewerIds: ['per_2', 'per_3'] },
};
const by = (id: string): Deciding => ({
  ...{ context, invocation: { now: NOW, id: '01KJMY2Z00ABCDEFGHJKMNPQRS' } },
  actor: { kind: 'person', id, name: id },
});
const lead = by('per_2');
const item = (more: Partial<ActionItem>): ActionItem => ({ ...sample, ...more });
const inStatus: Record<string, ActionItem> = {
  open: item({}),
  done: item({ status: 'done', doneAt: '2026-03-02T12:00:00.000Z', verification: statement }),
  proven: item({
    status: 'proven',
    doneAt: '2026-03-02T12:00:00.000Z',
    provenAt: '2026-03-04T12:00:00.000Z',
  }),
  dropped: item({ status: 'dropped', droppedBecause: 'No use.' }),
};
const incident = { id: 'inc_2', number: 9, title: 'Again', openedAt: '2026-03-05T11:00:00.000Z' };

const MOVES: Record<string, (item: ActionItem) => Decision<ActionItem>> = {
  complete: (one) => complete(one, undefined, lead),
  holds: (one) => verify(one, { holds: true }, lead),
  'holds not': (one) => verify(one, { holds: false }, lead),
  reopen: (one) => reopen(one, 'Seen again.', lead),
  drop: (one) => drop(one, 'No use.', lead),
  reopenForRecurrence: (one) => reopenForRecurrence(one, { incident, cause: 'The pool is too small.' }, lead),
  closed: (one) => receive(one, { status: 'closed' }, lead),
  opened: (one) => receive(one, { status: 'open' }, lead),
  rename: (one) => receive(one, { title: 'A better name' }, lead),
};

/** The reason, or why not; and the status after it. */
const outcome = (status: string, move: string): string => {
  const before = inStatus[status] as ActionItem;
  try {
    const { state, reason } = (MOVES[move] as (item: ActionItem) => Decision<ActionItem>)(before);
    if (state.status !== before.status) expect(state.generation).toBe(before.generation + 1);
    return `${reason} → ${state.status}`;
  } catch (error) {
    return String((error as { code: string }).code);
  }
};

describe('every move from every status', () => {
  test.each([
    ['complete', 'done → done', 'done-already → done', 'done-already → proven', 'illegal-move'],
    ['holds', 'illegal-move', 'proven → proven', 'proven-already → proven', 'illegal-move'],
    ['holds not', 'illegal-move', 'open-again → open', 'illegal-move', 'illegal-move'],
    ['reopen', 'open-already → open', 'open-again → open', 'open-again → open', 'open-again → open'],
    ['drop', 'dropped → dropped', 'dropped → dropped', 'illegal-move', 'dropped-already → dropped'],
    [
      'reopenForRecurrence',
      'owner-told → open',
      'open-again → open',
      'open-again → open',
      'dropped → dropped',
    ],
    ['closed', 'done → done', 'known-already → done', 'known-already → proven', 'known-already → dropped'],
    ['opened', 'known-already → open', 'open-again → open', 'open-again → open', 'open-again → open'],
    ['rename', 'heard → open', 'heard → done', 'heard → proven', 'heard → dropped'],
  ])('%s: open %s, done %s, proven %s, dropped %s', (move, ...outcomes) => {
    expect(['open', 'done', 'proven', 'dropped'].map((status) => outcome(status, move))).toEqual(outcomes);
  });
});

test.each([
  ['the lead, whose work it is not', 'per_1', undefined, ['per_2', 'per_3'], 'per_2', true],
  ['the manager, when the lead owns it', 'per_2', undefined, ['per_2', 'per_3'], 'per_3', true],
  ['the manager, when the lead did it', 'per_1', 'per_2', ['per_2', 'per_3'], 'per_3', true],
  ['the owner, when lead and manager is the owner', 'per_2', undefined, ['per_2', 'per_2'], 'per_2', false],
  ['the owner, when nobody else is there', 'per_1', undefined, [], 'per_1', false],
])('asked is %s', (_, ownerId, doneBy, reviewerIds, id, isOther) => {
  const done = doneBy ? { doneBy: { kind: 'person' as const, id: doneBy } } : {};
  expect(verifierOf({ ownerId, ...done }, reviewerIds)).toEqual({ id, isOther });
});

test.each([
  ['the owner', 'per_1', 'illegal-move'],
  ['who did it', 'per_4', 'illegal-move'],
  ['the lead', 'per_2', 'proven'],
  ['anybody else', 'per_9', 'proven'],
])('that it holds, says %s: %s → %s', (_, id, expected) => {
  const done = { ...(inStatus.done as ActionItem), doneBy: { kind: 'person' as const, id: 'per_4' } };
  const said = () => verify(done, { holds: true }, by(id)).state.status;
  if (expected === 'proven') expect(said()).toBe('proven');
  else expect(said).toThrow('completed the item cannot verify it');
});

test.each([
  ['no-recurrence', { type: 'no-recurrence', for: 'P90D' }, /verified automatically when none of its causes/],
  ['a later look', { ...statement, lookAgainAt: '2026-03-06T12:00:00.000Z' }, /starts on 2026-03-06/],
] as const)('that it holds cannot be said yet: %s', (_, verification, message) => {
  const done = { ...(inStatus.done as ActionItem), verification };
  expect(() => verify(done, { holds: true }, lead)).toThrow(message);
  expect(verify(done, { holds: false }, lead).state.status).toBe('open');
});

const tasksOf = ({ outbox }: Decision<ActionItem>): string[] =>
  outbox.flatMap((each) =>
    each.kind === 'timer' && each.command.type === 'run-task' ? [`${each.command.task} ${each.dueAt}`] : [],
  );

test.each([
  [
    'all of it lies ahead; mornings are the owner’s, also when clocks change',
    '2026-03-29T16:00:00.000Z',
    [
      ...['remind:before 2026-03-26T16:00:00.000Z', 'remind:today 2026-03-29T07:00:00.000Z'],
      ...['overdue:0 2026-03-29T16:00:00.000Z', 'overdue:1 2026-03-30T16:00:00.000Z'],
      'overdue:2 2026-04-01T16:00:00.000Z',
    ],
  ],
  [
    'due in an hour',
    '2026-03-05T13:00:00.000Z',
    [
      ...['overdue:0 2026-03-05T13:00:00.000Z', 'overdue:1 2026-03-06T13:00:00.000Z'],
      'overdue:2 2026-03-08T13:00:00.000Z',
    ],
  ],
  [
    'due before the morning of its day is over',
    '2026-03-10T05:00:00.000Z',
    [
      ...['remind:before 2026-03-07T05:00:00.000Z', 'overdue:0 2026-03-10T05:00:00.000Z'],
      ...['overdue:1 2026-03-11T05:00:00.000Z', 'overdue:2 2026-03-13T05:00:00.000Z'],
    ],
  ],
])('armed when %s', (_, dueAt, tasks) => {
  expect(tasksOf(make(item({ dueAt }), lead))).toEqual(tasks);
});

test.each([
  ['overdue since yesterday', '2026-03-04T13:00:00.000Z', ['overdue:1', 'overdue:2']],
  ['overdue for long', '2026-02-01T12:00:00.000Z', ['overdue:3']],
])('given to somebody else when %s: only what lies ahead', (_, dueAt, tasks) => {
  const was = item({ dueAt });
  const plan = change(was, { ...was, ownerId: 'per_9' }, lead);
  expect(tasksOf(plan).map((task) => task.split(' ')[0])).toEqual(tasks);
});

test.each([
  ['as much time as it had at first', { firstDueAt: '2026-03-11T12:00:00.000Z' }, '2026-03-15T12:00:00.000Z'],
  ['as its date says, where nobody knows the first', {}, '2026-03-24T12:00:00.000Z'],
  ['a day at least', { firstDueAt: '2026-03-01T13:00:00.000Z' }, '2026-03-06T12:00:00.000Z'],
])('what is open again has %s', (_, more, dueAt) => {
  const again = openAgain(item({ status: 'done', ...more }), { because: 'x', reason: 'y' }, lead);
  expect(again.state.dueAt).toBe(dueAt);
});

test('what people say at length stands in its history, and in short on the item', () => {
  const note = 'It is slow. '.repeat(300);
  const { state, history } = reopen(item({ status: 'done' }), note, lead);
  expect(state.reopenedBecause?.length).toBe(500);
  expect(history[0]?.text).toContain(note);
  expect(drop(item({}), note, lead).state.droppedBecause?.length).toBe(500);
  const cause = 'The pool is too small. '.repeat(100);
  const seen = { incident: { ...incident, title: 'Checkout is down. '.repeat(60) }, cause };
  const [told] = reopenForRecurrence(inStatus.done as ActionItem, seen, lead).outbox;
  expect(told?.kind === 'notice' && told.text.length).toBeLessThan(1000);
});

test.each(['remind:today', 'overdue:7', 'look:0', 'prove'])(
  '%s of an older generation does nothing',
  (task) => {
    expect(runTask(item({ generation: 4 }), { generation: 3, task }, lead)).toMatchObject({
      ...{ reason: 'overtaken', outbox: [], history: [] },
    });
  },
);

test('a fault in a title or a statement reaches no subject line, and a text stays short', () => {
  const hostile = item({
    title: 'One\r\nBcc: all@example.com \u202eevil',
    text: 'x'.repeat(4000),
    verification: { ...statement, statement: 'Line\nline' },
  });
  const told = { mark: 'Overdue', lines: ['It was due.'], asks: 'Say so:' };
  const mail = wordsFor(hostile, context, { to: recipient('per_1'), told });
  expect(mail.subject).toBe('Overdue: One Bcc: all@example.com evil');
  const sms = { ...recipient('per_1'), channel: 'sms' as const };
  expect(wordsFor(hostile, context, { to: sms, told }).text.length).toBeLessThan(330);
  expect(proofOf(hostile.verification)).toContain('“Line line”');
});

test('nothing of it may be left out, and all that is says so at once', () => {
  const { error } = ActionItemBody.safeParse({ clientId: 'cli_1', title: 'Do it' });
  expect(error?.issues.map(({ path }) => path.join('.')).sort()).toEqual(
    ['type', 'ownerId', 'dueAt', 'verification'].sort(),
  );
});
