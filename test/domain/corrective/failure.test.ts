import { expect, test } from 'vitest';
import { acknowledge, askForHelp, resolve } from '../../../shared/domain/corrective/incidents/lifecycle.ts';
import { type Failed, fail } from '../../../shared/domain/corrective/paging/failure.ts';
import type { Page } from '../../../shared/domain/corrective/paging/page.ts';
import { cast } from '../../support/cast.ts';
import { caseOf, drawAt } from '../../support/standing.ts';

const given = caseOf();
const { ada } = cast({}).people;
const [text, mail] = given.opened.outbox
  .filter((each) => each.kind === 'page')
  .map((page): Page => ({ ...page, state: 'claimed', attempts: 1 })) as [Page, Page];
const dead = (page: Page): Page => ({ ...page, state: 'given-up' });
const answered = acknowledge(given.opened.state, given.answer('bo'), drawAt()).state;
const over = resolve(given.opened.state, given.answer('bo'), drawAt()).state;
const moved = { ...given.opened.state, escalation: { state: 'running' as const, loop: 0, step: 1 } };

const failed = (change: Partial<Failed> = {}): Failed => ({
  page: text,
  failure: { reason: 'no such number', retryable: false },
  standing: given.standing(),
  person: ada,
  siblings: [text, mail],
  ...change,
});

const ROWS: { when: string; reason: string; change: Partial<Failed> }[] = [
  { when: 'another page of the person is under way', reason: 'others-may-answer', change: {} },
  {
    when: 'the person has a method that was not promised',
    reason: 'next-method',
    change: { siblings: [text] },
  },
  {
    when: 'the person is gone from the directory',
    reason: 'others-may-answer',
    change: { siblings: [text], person: undefined },
  },
  { when: 'it was the last of the step', reason: 'step-taken', change: { siblings: [text, dead(mail)] } },
  {
    when: 'the step was passed meanwhile',
    reason: 'others-may-answer',
    change: { siblings: [text, dead(mail)], standing: given.standing(moved) },
  },
  {
    when: 'somebody answered',
    reason: 'not-needed-any-more',
    change: { siblings: [text], standing: given.standing(answered) },
  },
  {
    when: 'it is over',
    reason: 'not-needed-any-more',
    change: { siblings: [text], standing: given.standing(over) },
  },
  {
    when: 'it brought news of an alert, and somebody answered since',
    reason: 'next-method',
    change: { page: { ...text, purpose: 'joined' }, siblings: [text], standing: given.standing(answered) },
  },
];

test.each(ROWS)('a page failed, $when: $reason', ({ change, reason }) => {
  const decision = fail(failed(change), drawAt());
  expect(decision.reason).toBe(reason);
  expect(decision.page).toMatchObject({ state: 'given-up', dueAt: undefined, lastError: 'no such number' });
  expect(decision.history[0]).toMatchObject({ what: 'page-given-up', refersTo: { personId: ada.id } });
});

test('the next method is of the same step, and no other is promised', () => {
  const { outbox: effects } = fail(failed({ siblings: [text] }), drawAt());
  expect(effects).toMatchObject([{ channel: 'email', promise: mail.promise, step: 0, generation: 1 }]);
});

test('when the last page of a call for help fails, the next step is called for help too', () => {
  const helped = askForHelp(given.standing(), given.answer('ada'), drawAt());
  const pages = helped.outbox.filter((each) => each.kind === 'page');
  const [first, ...rest] = pages.map((page): Page => ({ ...page, state: 'claimed', attempts: 1 }));
  const { bo } = cast({}).people;
  const change = { page: first as Page, siblings: [first as Page, ...rest.map(dead)], person: bo };
  const { outbox: effects } = fail(failed({ ...change, standing: given.standing(helped.state) }), drawAt());
  expect(new Set(effects.flatMap((each) => (each.kind === 'page' ? [each.purpose] : [])))).toEqual(
    new Set(['help']),
  );
});

test.each([
  [1, 0, '2026-01-05T09:00:15.000Z'],
  [2, 60, '2026-01-05T09:01:30.000Z'],
  [5, 600, '2026-01-05T09:14:00.000Z'],
  [12, 3000, '2026-01-05T09:55:00.000Z'],
  [40, 3299, '2026-01-05T09:59:59.000Z'],
  [14, 3300, undefined],
  [14, 9000, undefined],
])('what may pass is tried again: try %i, %i s after the promise → %s', (attempts, seconds, dueAt) => {
  const now = new Date(Date.parse(text.promisedAt) + seconds * 1000).toISOString();
  const failure = { reason: 'the channel is down', retryable: true };
  const { page } = fail(failed({ page: { ...text, attempts }, failure }), drawAt(now));
  expect(page).toMatchObject({ state: dueAt ? 'failed' : 'given-up', dueAt });
});
