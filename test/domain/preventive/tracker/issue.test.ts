import { expect, test } from 'vitest';
import {
  broughtOf,
  changeFor,
  type Issue,
  type KnownIssue,
} from '../../../../shared/domain/preventive/tracker/issue.ts';
import { newsIn } from '../../../../shared/domain/preventive/tracker/issue-event.ts';
import { isKeyOf, problemsWithTracker } from '../../../../shared/domain/preventive/tracker/tracker.ts';

const wanted = { title: 'Title', text: 'Text' };
const known: KnownIssue = {
  ...{ trackerId: 'trk_1', key: '42', state: 'open', title: 'Title', brought: broughtOf(wanted) },
  changedAt: '2026-01-06T10:00:00.000Z',
};

test.each([
  ['nothing is new', {}, {}, undefined],
  ['the title is', { title: 'New' }, {}, { title: 'New' }],
  ['the text is', { text: 'New' }, {}, { text: 'New' }],
  ['it is done', { closed: 'completed' }, {}, { state: 'closed', closed: 'completed' }],
  ['it is done, as is known there', { closed: 'completed' }, { state: 'closed' }, undefined],
  ['it is open again', {}, { state: 'closed' }, { state: 'open', closed: undefined }],
  ['they call it something else', {}, { title: 'Theirs' }, undefined],
  ['nothing was brought yet', {}, { brought: undefined }, wanted],
] as const)('what is written when %s', (_case, item, link, expected) => {
  expect(changeFor({ ...wanted, ...item }, { ...known, ...link })).toEqual(expected);
});

const issue: Issue = {
  ...{ key: '42', url: 'https://github.com/example/shop/issues/42', title: 'Title', text: '' },
  ...{ state: 'open', changedAt: '2026-01-06T11:00:00.000Z' },
};

test.each<[string, Partial<Issue>, Partial<KnownIssue>, unknown]>([
  ['as it is known', {}, {}, 'known-already'],
  ['closed', { state: 'closed' }, {}, { status: 'closed' }],
  ['renamed', { title: 'New' }, {}, { title: 'New' }],
  ['both', { title: 'New', state: 'closed' }, {}, { title: 'New', status: 'closed' }],
  ['closed, a while ago', { state: 'closed', changedAt: '2026-01-06T09:59:59.000Z' }, {}, 'older-than-known'],
  [
    'closed in the second that is known',
    { state: 'closed', changedAt: known.changedAt },
    {},
    { status: 'closed' },
  ],
  [
    'closed in the second in which we wrote',
    { state: 'closed', changedAt: known.changedAt },
    { writtenAt: known.changedAt },
    'older-than-known',
  ],
  ['with a title that nobody knew', { title: 'New' }, { title: undefined }, 'known-already'],
])('what is news of an issue that is %s', (_case, seen, link, expected) => {
  expect(newsIn({ ...issue, ...seen }, { ...known, ...link })).toEqual(expected);
});

test.each([
  ['github', 'example/shop', '42', true],
  ['github', 'example/shop', '042', false],
  ['github', 'example/shop', '42/comments', false],
  ['github', 'example/shop', '', false],
  ['jira', 'OPS', 'OPS-17', true],
  ['jira', 'OPS', 'HR-17', false],
  ['jira', 'OPS', 'ops-17', false],
  ['jira', 'OPS', 'OPS-17?x', false],
] as const)('on %s, in %s, is %j a key: %s', (type, project, key, is) => {
  expect(isKeyOf({ type, project }, key)).toBe(is);
});

test.each([
  ['github', 'example/shop.js', undefined, []],
  ['github', '../shop', undefined, ['body.project']],
  ['github', 'example/..', undefined, ['body.project']],
  ['github', 'OPS', undefined, ['body.project']],
  ['jira', 'OPS', 'bot@example.com', []],
  ['jira', 'ops', 'bot@example.com:x', ['body.project', 'body.account']],
] as const)('on %s, %s with the account %s has %j at fault', (type, project, account, paths) => {
  expect(
    problemsWithTracker({ type, project, account, apiUrl: 'https://git.example.com/api' }).map(
      ({ path }) => path,
    ),
  ).toEqual(paths);
});
