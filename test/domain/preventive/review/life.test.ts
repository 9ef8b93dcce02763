import { expect, test } from 'vitest';
import { approve, askForChanges, submit } from '../../../../shared/domain/preventive/review/approving.ts';
import { change } from '../../../../shared/domain/preventive/review/change.ts';
import { edit } from '../../../../shared/domain/preventive/review/editing.ts';
import { draft, open, renew, takeUpAgain } from '../../../../shared/domain/preventive/review/opening.ts';
import { publish, waive } from '../../../../shared/domain/preventive/review/publishing.ts';
import { missingFrom } from '../../../../shared/domain/preventive/review/readiness.ts';
import { after } from '../../../../shared/domain/time.ts';
import {
  armed,
  contents,
  context,
  incident,
  invocation,
  NOW,
  personCalled,
  review,
  section,
  told,
} from '../review-scene.ts';

const deciding = (name: string, rule: object = {}) => ({
  context: context(rule),
  invocation,
  actor: personCalled(name),
});
const approval = (role: 'technical-lead' | 'project-manager', name: string) => ({
  ...{ role, by: `per_${name}`, name, at: NOW, revision: 1 },
});
const BOTH = [approval('technical-lead', 'bo'), approval('project-manager', 'cy')];
const IN_REVIEW = { status: 'in-review', generation: 2 } as const;
const APPROVED = { status: 'approved', generation: 3, approvals: BOTH, approvedAt: NOW } as const;
const PUBLISHED = { ...APPROVED, status: 'published', generation: 4, publications: 1 } as const;
const WAIVED = { status: 'waived', generation: 2 } as const;
const refusal = (act: () => unknown): { code: string; message: string } => {
  try {
    act();
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('It was not refused.');
};

test('a review begins with its owner told, and armed for half of its time', () => {
  const plan = open(review(), deciding('firebreak'));
  expect(told(plan)).toEqual(['per_ada to-write']);
  expect(armed(plan)).toEqual([['half', after(NOW, 'PT60H')]]);
});

test.each([
  [{ technicalLeadId: 'per_bo', projectManagerId: 'per_bo' }, undefined],
  [{ technicalLeadId: 'per_bo' }, undefined],
  [{ technicalLeadId: 'per_bo', projectManagerId: 'per_cy' }, 'per_cy'],
])('one person is not two approvers: %o', (people, manager) => {
  const made = draft(incident(), { because: ['always'], dueAt: NOW, ...people }, invocation);
  expect(made).toMatchObject({ ownerId: 'per_bo', technicalLeadId: 'per_bo' });
  expect(made.projectManagerId).toBe(manager);
});

test('a hostile title makes a problem that can be kept', () => {
  const title = `\u202e${'x'.repeat(300)}\n`;
  expect([
    ...draft(incident({ title }), { because: ['always'], dueAt: NOW }, invocation).problem,
  ]).toHaveLength(200);
  expect(draft(incident({ title: '\u0007' }), { because: ['always'], dueAt: NOW }, invocation).problem).toBe(
    'What happened?',
  );
});

test.each([
  ['nothing', contents(), []],
  [
    'a summary of spaces',
    contents({ sections: [section('summary', ' \n')] }),
    ['sections.summary', 'sections.impact', 'sections.analysis', 'sections.fix', 'sections.one-person'],
  ],
  ['a cause, with five whys', contents({ review: review() }), ['findings']],
  [
    'why not, where one person could not',
    contents({ sections: [...contents().sections.slice(0, 4), section('one-person', '', 'no')] }),
    ['sections.one-person'],
  ],
])('what is missing before it is submitted: %s', (_, given, paths) => {
  expect(missingFrom(given).map(({ path }) => path)).toEqual(paths);
});

test('submitting asks both, and doing it twice is one', () => {
  const plan = submit(contents(), deciding('ada'));
  expect(plan.state).toMatchObject({ status: 'in-review', generation: 2, submittedAt: NOW });
  expect(told(plan)).toEqual(['per_bo approve', 'per_cy approve']);
  expect(armed(plan)).toEqual([['approve:1', after(NOW, 'P1D')]]);
  const again = submit({ ...contents(), review: plan.state }, deciding('ada'));
  expect(again).toMatchObject({ state: plan.state, outbox: [], reason: 'submitted-already' });
  expect(refusal(() => submit(contents({ sections: [] }), deciding('ada')))).toMatchObject({
    code: 'illegal-move',
    message: expect.stringMatching(/sections\.summary[\s\S]*sections\.one-person/),
  });
});

test.each([
  ['the owner', IN_REVIEW, 'ada', undefined, 'forbidden'],
  ['the lead, who wrote in it', { ...IN_REVIEW, authors: ['per_bo'] }, 'bo', undefined, 'illegal-move'],
  ['somebody who read another revision', { ...IN_REVIEW, revision: 3 }, 'bo', 2, 'stale'],
  ['somebody before it is submitted', {}, 'bo', undefined, 'illegal-move'],
  ['somebody after it was waived', WAIVED, 'bo', undefined, 'illegal-move'],
] as const)('%s does not approve', (_, changes, name, revision, code) => {
  expect(refusal(() => approve(review(changes as object), { revision }, deciding(name)))).toMatchObject({
    code,
  });
});

test('the first approval moves nothing on, the second one makes it learned from', () => {
  const first = approve(review(IN_REVIEW), {}, deciding('cy'));
  expect(first).toMatchObject({ state: { status: 'in-review', generation: 2 }, outbox: [] });
  const second = approve(first.state, { revision: 1 }, deciding('bo', { publishTo: [] }));
  expect(second.state).toMatchObject({ status: 'approved', generation: 3, approvedAt: NOW });
  expect(told(second)).toEqual(['per_cy approved', 'per_ada approved']);
  expect(armed(second)).toEqual([]);
  expect(second.outbox).toContainEqual(
    expect.objectContaining({
      kind: 'effect',
      perform: { type: 'record-outcome', incidentId: incident().id, episode: 1 },
    }),
  );
  expect(approve(second.state, {}, deciding('bo'))).toMatchObject({
    outbox: [],
    reason: 'approved-already',
  });
});

const edited = { actor: personCalled('dee'), what: 'wrote.' };

test.each([
  ['while it is written', {}, { status: 'writing', generation: 1 }, []],
  ['while nobody has approved', IN_REVIEW, { status: 'in-review', generation: 2 }, []],
  [
    'after one has',
    { ...IN_REVIEW, approvals: [BOTH[0]] },
    { status: 'in-review', generation: 3 },
    ['per_bo approve', 'per_cy approve'],
  ],
  ['after both have', APPROVED, { status: 'in-review', generation: 4 }, ['per_bo approve', 'per_cy approve']],
  [
    'after it was published',
    PUBLISHED,
    { status: 'in-review', generation: 5 },
    ['per_bo approve', 'per_cy approve'],
  ],
] as const)('a change of its contents %s', (_, changes, state, asked) => {
  const plan = edit(review(changes as object), edited, context(), invocation);
  expect(plan.state).toMatchObject({ ...state, revision: 2, approvals: [], authors: ['per_dee'] });
  expect(told(plan)).toEqual(asked);
});

test('what Firebreak fills in makes nobody an author, and what was waived is not written', () => {
  const firebreak = { actor: { kind: 'firebreak' as const, id: 'firebreak' }, what: 'renewed.' };
  expect(edit(review(), firebreak, context(), invocation).state.authors).toEqual([]);
  expect(refusal(() => edit(review(WAIVED), edited, context(), invocation)).code).toBe('illegal-move');
  const crowd = Array.from({ length: 40 }, (_, place) => `per_${place}`);
  expect(refusal(() => edit(review({ authors: crowd }), edited, context(), invocation)).code).toBe(
    'illegal-move',
  );
});

test('asking for changes brings it back to whoever owns it', () => {
  const plan = askForChanges(review(APPROVED), 'Say what it cost.', deciding('cy'));
  expect(plan.state).toMatchObject({ status: 'writing', generation: 4, approvals: [] });
  expect(told(plan)).toEqual(['per_ada changes-asked']);
  expect(armed(plan)).toEqual([['half', after(NOW, 'PT60H')]]);
  expect(refusal(() => askForChanges(review(), 'More.', deciding('cy'))).code).toBe('illegal-move');
  expect(refusal(() => askForChanges(review(IN_REVIEW), 'More.', deciding('ada'))).code).toBe('forbidden');
});

const READERS = { publishTo: [{ id: 'rita', name: 'Rita', email: 'rita@client.example.com' }] };
const VERSION = { title: 'What happened', markdown: '# It broke', leaks: [] };

test('publishing keeps the words, and tells every reader', () => {
  const { plan, publication } = publish(review(APPROVED), VERSION, deciding('cy', READERS));
  expect(plan.state).toMatchObject({ status: 'published', generation: 4, publications: 1, publishedAt: NOW });
  expect(told(plan)).toEqual(['rita published']);
  expect(publication).toMatchObject({ number: 1, revision: 1, markdown: '# It broke', to: [{ id: 'rita' }] });
  expect(publish(plan.state, VERSION, deciding('cy', READERS))).toMatchObject({
    plan: { outbox: [], reason: 'published-already' },
  });
});

test.each([
  ['before it is approved', IN_REVIEW, VERSION, 'illegal-move'],
  [
    'with something internal',
    APPROVED,
    { ...VERSION, leaks: [{ path: 'sections.client-summary', message: 'names Ada' }] },
    'invalid',
  ],
  ['with nothing written', APPROVED, { ...VERSION, markdown: '' }, 'invalid'],
  ['once it was waived', WAIVED, VERSION, 'illegal-move'],
] as const)('nothing is published %s', (_, changes, version, code) => {
  const act = () => publish(review(changes as object), version as never, deciding('cy', READERS));
  expect(refusal(act)).toMatchObject({ code });
});

test.each([
  ['writing', {}, 'waived'],
  ['in-review', IN_REVIEW, 'waived'],
  ['waived', WAIVED, 'waived-already'],
] as const)('one that is %s is waived by one of the two', (_, changes, reason) => {
  expect(waive(review(changes as object), 'A test.', deciding('bo')).reason).toBe(reason);
});

test('waiving needs one of the two, or a program that names nobody; what is approved is not waived', () => {
  expect(refusal(() => waive(review(), 'A test.', deciding('dee'))).code).toBe('forbidden');
  expect(refusal(() => waive(review(APPROVED), 'A test.', deciding('bo'))).code).toBe('illegal-move');
  const program = { ...deciding('bo'), actor: { kind: 'api-key' as const, id: 'key_1' } };
  expect(waive(review(), 'A test.', program).state.waived).toMatchObject({ reason: 'A test.' });
});

test('what was waived is taken up again by asking for it', () => {
  const plan = takeUpAgain(review(WAIVED), deciding('dee'));
  expect(plan.state).toMatchObject({ status: 'writing', generation: 3, dueAt: after(NOW, 'P5D') });
  expect(told(plan)).toEqual(['per_ada to-write']);
  expect(takeUpAgain(review(), deciding('dee')).reason).toBe('opened-already');
});

test('an incident that comes back leaves an approved review as it is where nothing in it was filled in', () => {
  const plan = renew(review(APPROVED), { episode: 2, sections: [] }, deciding('firebreak'));
  expect(plan.state).toMatchObject({ status: 'approved', episode: 2, revision: 1 });
  expect(plan.history).toHaveLength(1);
});

test.each([
  ['the owner', {}, { ownerId: 'per_dee' }, { generation: 2, revision: 1 }, ['per_ada to-write']],
  ['the date', {}, { dueAt: after(NOW, 'P9D') }, { generation: 2, revision: 1 }, ['per_ada to-write']],
  ['a problem', {}, { problem: 'Why?' }, { generation: 1, revision: 2, authors: ['per_dee'] }, []],
  [
    'an approver',
    { ...IN_REVIEW, approvals: BOTH.slice(1) },
    { technicalLeadId: 'per_dee' },
    { generation: 3, approvals: BOTH.slice(1) },
    ['per_bo approve'],
  ],
  [
    'an approver who had approved',
    { ...IN_REVIEW, approvals: BOTH.slice(0, 1) },
    { technicalLeadId: 'per_dee' },
    { generation: 3, approvals: [] },
    ['per_bo approve'],
  ],
  [
    'the problem, once approved',
    APPROVED,
    { problem: 'Why?' },
    { status: 'in-review', generation: 4 },
    ['per_bo approve', 'per_cy approve'],
  ],
  ['nothing', APPROVED, { ownerId: 'per_ada' }, { status: 'approved', generation: 3 }, []],
] as const)('changing %s', (_, changes, patch, state, asked) => {
  const plan = change(review(changes as object), patch, deciding('dee'));
  expect(plan.state).toMatchObject(state);
  expect(told(plan)).toEqual(asked);
});

test('one person who changes from one role into the other does not approve twice', () => {
  const first = approve(review(IN_REVIEW), {}, deciding('bo')).state;
  const swapped = change(first, { technicalLeadId: 'per_cy', projectManagerId: 'per_bo' }, deciding('dee'));
  expect(swapped.state.approvals).toEqual([]);
  expect(told(swapped)).toEqual(['per_bo approve', 'per_cy approve']);
  const second = approve(swapped.state, {}, deciding('bo')).state;
  expect(second).toMatchObject({
    status: 'in-review',
    approvals: [{ role: 'project-manager', by: 'per_bo' }],
  });
  expect(approve(second, {}, deciding('cy')).state.status).toBe('approved');
});
