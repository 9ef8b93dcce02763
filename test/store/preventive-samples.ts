import type { RecordOf } from '../../shared/domain/records.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const aggregate = { version: 1, createdAt: NOW, updatedAt: NOW };
const actor = { kind: 'person', id: 'per_1', name: 'Bo Example' } as const;

type Preventive =
  | 'review'
  | 'review-section'
  | 'review-template'
  | 'finding'
  | 'evidence'
  | 'publication'
  | 'cause'
  | 'cause-sighting'
  | 'cause-action'
  | 'fingerprint'
  | 'known-alert'
  | 'similar-incidents'
  | 'action-item'
  | 'tracked-issue';

/** One believable record of every kind that is learned from. */
export const PREVENTIVE_SAMPLES: { [K in Preventive]: RecordOf<K> } = {
  review: {
    kind: 'review',
    id: 'rev_1',
    ...aggregate,
    ...{ clientId: 'cli_1', clientName: 'Example Shop', serviceId: 'svc_1', serviceName: 'Checkout' },
    ...{ incidentId: 'inc_1', incidentNumber: 7, title: 'Checkout is down', severity: 'sev1', episode: 1 },
    status: 'writing',
    generation: 1,
    because: ['severity'],
    dueAt: '2026-03-06T12:00:00.000Z',
    technique: 'five-whys',
    problem: 'Checkout is down',
    ...{ ownerId: 'per_1', technicalLeadId: 'per_2', projectManagerId: 'per_3' },
    authors: [],
    revision: 1,
    approvals: [],
    publications: 0,
  },
  'review-section': {
    kind: 'review-section',
    ...{ reviewId: 'rev_1', name: 'fix', clientId: 'cli_1', version: 1 },
    ...{ text: 'The pool is larger.', choice: 'short-term', writtenBy: actor, updatedAt: NOW },
  },
  'review-template': {
    kind: 'review-template',
    clientId: 'cli_1',
    ...aggregate,
    client: '# {{title}}',
  },
  finding: {
    kind: 'finding',
    ...{ reviewId: 'rev_1', id: 'fnd_1', clientId: 'cli_1', ...aggregate, technique: 'five-whys' },
    ...{ text: 'All connections were in use.', answers: ['problem'], evidenceIds: ['evd_1'] },
    ...{ cause: { id: 'cau_1', type: 'capacity' }, writtenBy: actor },
  },
  evidence: {
    kind: 'evidence',
    ...{ reviewId: 'rev_1', id: 'evd_1', clientId: 'cli_1', version: 1, type: 'link', title: 'The graph' },
    ...{ url: 'https://graphs.example.com/1', addedBy: actor, addedAt: NOW },
  },
  publication: {
    kind: 'publication',
    ...{ reviewId: 'rev_1', number: 1, clientId: 'cli_1', revision: 3, title: 'Checkout was down' },
    ...{ markdown: '# Checkout was down', publishedAt: NOW, publishedBy: actor, to: [] },
  },
  cause: {
    kind: 'cause',
    id: 'cau_1',
    ...aggregate,
    ...{ clientId: 'cli_1', serviceId: 'svc_1', type: 'capacity', text: 'The pool is too small.' },
    reviewId: 'rev_1',
  },
  'cause-sighting': {
    kind: 'cause-sighting',
    ...{ causeId: 'cau_1', incidentId: 'inc_1', clientId: 'cli_1', at: NOW, how: 'review' },
  },
  'cause-action': { kind: 'cause-action', causeId: 'cau_1', actionItemId: 'act_1', clientId: 'cli_1' },
  fingerprint: {
    kind: 'fingerprint',
    ...{ serviceId: 'svc_1', incidentId: 'inc_1', clientId: 'cli_1', version: 1, number: 7 },
    ...{ title: 'Checkout is down', openedAt: NOW, alertKey: 'abc', words: ['checkout', 'down'] },
    causeIds: ['cau_1'],
  },
  'known-alert': {
    kind: 'known-alert',
    ...{ alertKey: 'abc', clientId: 'cli_1', serviceId: 'svc_1', incidentId: 'inc_1' },
  },
  'similar-incidents': {
    kind: 'similar-incidents',
    ...{ incidentId: 'inc_2', clientId: 'cli_1', at: NOW },
    to: [
      {
        ...{ incidentId: 'inc_1', number: 7, title: 'Checkout is down', openedAt: NOW },
        ...{ because: ['alert-key'], causeIds: ['cau_1'] },
      },
    ],
  },
  'action-item': {
    kind: 'action-item',
    id: 'act_1',
    ...aggregate,
    ...{ clientId: 'cli_1', title: 'Size the pool by load', type: 'long-term-fix', priority: 'high' },
    ...{ ownerId: 'per_1', dueAt: '2026-03-20T12:00:00.000Z', origin: { type: 'review', id: 'rev_1' } },
    causeIds: ['cau_1'],
    verification: { type: 'no-recurrence', for: 'P90D' },
    status: 'open',
    generation: 1,
    followUp: { remindBefore: 'P3D', leadAfter: 'P1D', managerAfter: 'P3D', remindEvery: 'P7D' },
    reopenings: 0,
  },
  'tracked-issue': {
    kind: 'tracked-issue',
    ...{ trackerId: 'trk_1', key: '42', clientId: 'cli_1', actionItemId: 'act_1' },
  },
};
