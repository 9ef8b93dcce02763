import { expect, test } from 'vitest';
import { readSummary } from '../../../shared/domain/proactive/provider-incidents/report.ts';

const NOW = '2026-01-05T09:00:00.000Z';
const read = (incidents: unknown, scheduled_maintenances: unknown = []) =>
  readSummary(JSON.stringify({ incidents, scheduled_maintenances }), NOW);
const one = (incident: object) => read([{ id: 'a', ...incident }])?.reports[0];

test.each(['', 'null', '[]', '7', '{}', '{"incidents":{}}', '<html>', '{"incidents":[', '['.repeat(200_000)])(
  'what is no summary says nothing: %.20s',
  (body) => expect(readSummary(body, NOW)).toBeUndefined(),
);

test('an incident as a status page tells it', () => {
  const incident = {
    ...{ id: 'abc', name: 'Network trouble', impact: 'critical', status: 'identified' },
    ...{ shortlink: 'https://stspg.io/abc', started_at: '2026-01-05T08:00:00+01:00', resolved_at: null },
    incident_updates: [
      { body: 'Older.', created_at: '2026-01-05T07:10:00Z' },
      { body: 'Newest,\nin two lines.', created_at: '2026-01-05T08:10:00Z' },
    ],
  };
  expect(read([incident])).toEqual({
    listed: ['abc'],
    reports: [
      {
        ...{ externalId: 'abc', title: 'Network trouble', impact: 'critical', status: 'identified' },
        ...{ over: false, startedAt: '2026-01-05T07:00:00.000Z', link: 'https://stspg.io/abc' },
        ...{ lastUpdate: 'Newest, in two lines.', lastUpdateAt: '2026-01-05T08:10:00.000Z' },
      },
    ],
  });
});

test.each<[string, object, object]>([
  ['an unknown impact', { impact: 'apocalyptic' }, { impact: 'minor' }],
  ['no status', { status: 7 }, { status: 'unknown', over: false }],
  ['no name', { name: null }, { title: 'Unnamed incident' }],
  ['a name that reorders text', { name: 'a\u202eb\u0000c' }, { title: 'ab c' }],
  ['a half character', { name: 'a\ud800b' }, { title: 'a\ufffdb' }],
  ['an endless name', { name: 'x'.repeat(9999) }, { title: `${'x'.repeat(199)}…` }],
  ['a time that is none', { started_at: 'soon', created_at: '+275760-09-13' }, { startedAt: NOW }],
  ['a number for an id', { id: 7 }, { externalId: '7' }],
  ['resolved by its time', { resolved_at: '2026-01-05T08:00:00Z' }, { over: true }],
  ['resolved by its word', { status: 'postmortem' }, { over: true }],
  ['updates that are none', { incident_updates: [7, null, { body: {} }] }, { externalId: 'a' }],
])('%s is told all the same', (_, incident, told) => expect(one(incident)).toMatchObject(told));

test.each([
  'javascript:alert(1)',
  'http://a.example',
  'https://a.example/\n',
  `https://${'a'.repeat(600)}`,
  7,
])('a link that nobody should tap is left out: %.20s', (shortlink) =>
  expect(one({ shortlink })).not.toHaveProperty('link'),
);

test.each([[null], ['x'], [{}], [{ id: '' }], [{ id: 'a b' }], [{ id: 'x'.repeat(201) }], [{ id: {} }]])(
  'what has no id is left out: %j',
  (incident) => expect(read([incident, { id: 'fine' }])?.listed).toEqual(['fine']),
);

test('a maintenance counts while it is under way', () => {
  const at = (status: string) => read([], [{ id: 'm', impact: 'critical', status }])?.reports;
  expect(at('scheduled')).toEqual([]);
  expect(at('in_progress')).toMatchObject([{ impact: 'maintenance', over: false }]);
});

test('of thousands a hundred are told, and all are known to be there', () => {
  const many = Array.from({ length: 1500 }, (_, number) => ({ id: `i${number}` }));
  expect(read(many)?.reports).toHaveLength(100);
  expect(read(many)?.listed).toHaveLength(1500);
});
