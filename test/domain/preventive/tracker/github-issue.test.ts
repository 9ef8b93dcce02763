import { expect, test } from 'vitest';
import { readGithub } from '../../../../shared/domain/preventive/tracker/github-issue.ts';

const issue = {
  url: 'https://api.github.com/repos/example/shop/issues/42',
  html_url: 'https://github.com/example/shop/issues/42',
  id: 1001,
  number: 42,
  title: 'Size the pool by load',
  user: { login: 'firebreak-bot', id: 1 },
  labels: [],
  state: 'closed',
  state_reason: 'completed',
  locked: false,
  assignee: null,
  comments: 0,
  created_at: '2026-01-05T09:00:00Z',
  updated_at: '2026-01-06T10:00:00Z',
  closed_at: '2026-01-06T10:00:00Z',
  body: 'As reported.',
};
const rest = {
  repository: { id: 7, full_name: 'Example/Shop', private: true },
  sender: { login: 'octo\u202e', id: 2, type: 'User' },
};
const read = (payload: unknown, event = 'issues') => readGithub(event, payload, 'example/shop');

const seen = {
  key: '42',
  url: 'https://github.com/example/shop/issues/42',
  title: 'Size the pool by load',
  state: 'closed',
  changedAt: '2026-01-06T10:00:00.000Z',
  text: 'As reported.',
};

test.each([
  ['closed', { trusted: false, fresh: false }],
  ['reopened', { trusted: false, fresh: false }],
  ['edited', { trusted: false, fresh: false }],
  ['opened', { trusted: false, fresh: true }],
  ['labeled', { trusted: true, fresh: true }],
])('%s shows the issue as it is, and who did it', (action, said) => {
  expect(read({ action, issue, ...rest })).toEqual({ what: 'seen', issue: seen, by: 'octo', ...said });
});

test.each([
  ['deleted', {}, undefined],
  [
    'transferred',
    { changes: { new_issue: { html_url: 'https://github.com/example/other/issues/3' }, new_repository: {} } },
    'https://github.com/example/other/issues/3',
  ],
])('an issue that was %s is gone', (action, more, movedTo) => {
  expect(read({ action, issue, ...more, ...rest })).toEqual({ what: 'gone', key: '42', by: 'octo', movedTo });
});

test('an issue without a text or a sender is an issue', () => {
  const { repository } = rest;
  expect(read({ action: 'closed', issue: { ...issue, body: null }, repository })).toMatchObject({
    issue: { text: '' },
    by: '',
  });
});

test('of a title that is longer than any tracker takes, the beginning is read', () => {
  const shown = read({ action: 'edited', issue: { ...issue, title: 'x'.repeat(300_000) }, ...rest });
  expect(shown.what === 'seen' && shown.issue.title).toBe(`${'x'.repeat(255)}…`);
});

test.each<[string, string, unknown, string]>([
  ['a ping', 'ping', { zen: 'Keep it simple.', hook_id: 1 }, 'reached'],
  ['a comment', 'issue_comment', { action: 'created', issue, ...rest }, 'nothing-to-do'],
  [
    'a pull request',
    'issues',
    { action: 'closed', issue: { ...issue, pull_request: {} }, ...rest },
    'a-pull-request',
  ],
  [
    'another repository',
    'issues',
    { action: 'closed', issue, repository: { full_name: 'example/x' } },
    'another-repository',
  ],
  ['no repository', 'issues', { action: 'closed', issue }, 'not-understood'],
  ...[
    ['a state that is not known', { state: 'merged' }],
    ['a time that is none', { updated_at: 'now' }],
    ['a number that is none', { number: '42' }],
    ['an address that is none of the web’s', { html_url: 'javascript:alert(1)' }],
  ].map(([what, wrong]): [string, string, unknown, string] => [
    what as string,
    'issues',
    { action: 'closed', issue: { ...issue, ...(wrong as object) }, ...rest },
    'not-understood',
  ]),
  ['no object', 'issues', 'closed', 'not-understood'],
])('%s says nothing', (_case, event, payload, reason) => {
  expect(read(payload, event)).toEqual({ what: 'nothing', reason });
});
