import { expect, test } from 'vitest';
import { readJira, transitionTo } from '../../../../shared/domain/preventive/tracker/jira-issue.ts';

const status = (name: string, key: string) => ({
  ...{ self: 'https://example.atlassian.net/rest/api/2/status/1', name, id: '1' },
  statusCategory: { self: 'https://example.atlassian.net/rest/api/2/statuscategory/1', id: 1, key, name },
});
const fields = {
  summary: 'Size the pool by load',
  description: 'As reported.',
  issuetype: { name: 'Task' },
  project: { key: 'OPS' },
  status: status('Done', 'done'),
  resolution: null,
  created: '2026-01-05T09:00:00.000+0100',
  updated: '2026-01-06T10:00:00.123+0100',
};
const payload = {
  timestamp: 1767690000123,
  webhookEvent: 'jira:issue_updated',
  issue_event_type_name: 'issue_generic',
  user: { accountId: '1', displayName: 'Jo Example' },
  issue: { id: '10001', self: 'https://example.atlassian.net/rest/api/2/10001', key: 'OPS-17', fields },
  changelog: { id: '1', items: [{ field: 'status', fromString: 'To Do', toString: 'Done' }] },
};
const read = (given: unknown) => readJira(given, { apiUrl: 'https://example.atlassian.net', project: 'OPS' });
const withFields = (more: object) => ({
  ...payload,
  issue: { ...payload.issue, fields: { ...fields, ...more } },
});

test('of a title that is longer than any tracker takes, the beginning is read', () => {
  const shown = read(withFields({ summary: 'x'.repeat(300_000) }));
  expect(shown.what === 'seen' && shown.issue.title).toBe(`${'x'.repeat(255)}…`);
});

test('an issue is shown as it is, in UTC, and who did it', () => {
  expect(read(payload)).toEqual({
    what: 'seen',
    issue: {
      ...{ key: 'OPS-17', url: 'https://example.atlassian.net/browse/OPS-17', state: 'closed' },
      ...{ title: 'Size the pool by load', changedAt: '2026-01-06T09:00:00.123Z', text: 'As reported.' },
    },
    ...{ by: 'Jo Example', trusted: false, fresh: false },
  });
});

test.each([
  ['new', 'open'],
  ['indeterminate', 'open'],
  ['undefined', 'open'],
  ['done', 'closed'],
])('a status of the category %s is %s, whatever it is called', (key, state) => {
  expect(read(withFields({ status: status('Whatever', key) }))).toMatchObject({ issue: { state } });
});

test.each([
  ['made', { ...payload, webhookEvent: 'jira:issue_created' }, { what: 'seen', fresh: true }],
  ['without a text', withFields({ description: null }), { issue: { text: '' } }],
  ['with a text of another form', withFields({ description: { type: 'doc' } }), { issue: { text: '' } }],
  [
    'deleted',
    { ...payload, webhookEvent: 'jira:issue_deleted' },
    { what: 'gone', key: 'OPS-17', by: 'Jo Example' },
  ],
  [
    'deleted, without its fields',
    { webhookEvent: 'jira:issue_deleted', issue: { key: 'OPS-17' } },
    { what: 'gone', by: '' },
  ],
])('an issue %s is understood', (_case, given, expected) => {
  expect(read(given)).toMatchObject(expected);
});

test.each([
  ['a comment', { ...payload, webhookEvent: 'comment_created' }, 'nothing-to-do'],
  ['a list', [], 'nothing-to-do'],
  ['nothing', undefined, 'nothing-to-do'],
  ['another project', { ...payload, issue: { ...payload.issue, key: 'OPSX-1' } }, 'another-project'],
  [
    'an issue of another project that is deleted',
    { webhookEvent: 'jira:issue_deleted', issue: { key: 'HR-1' } },
    'another-project',
  ],
  ['a key that is a path', { ...payload, issue: { ...payload.issue, key: 'OPS-1/../2' } }, 'not-understood'],
  ['no status', withFields({ status: null }), 'not-understood'],
  ['a deletion of nothing', { webhookEvent: 'jira:issue_deleted' }, 'not-understood'],
])('%s says nothing', (_case, given, reason) => {
  expect(read(given)).toEqual({ what: 'nothing', reason });
});

const step = (id: string, key: string) => ({ id, name: id, to: { statusCategory: { key } } });

test.each([
  [['new', 'indeterminate', 'done'], 'closed', 'done'],
  [['indeterminate', 'new', 'done'], 'open', 'new'],
  [['indeterminate', 'done'], 'open', 'indeterminate'],
  [['done'], 'open', undefined],
  [['new'], 'closed', undefined],
  [[], 'closed', undefined],
] as const)('of the steps to %s, the one that makes it %s leads to %s', (keys, state, expected) => {
  expect(
    transitionTo(
      keys.map((key) => step(key, key)),
      state,
    )?.id,
  ).toBe(expected);
});
