import type { RecordOf } from '../../shared/domain/records.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const aggregate = { version: 1, createdAt: NOW, updatedAt: NOW };

type Planned =
  | 'provider-ticket'
  | 'provider-incident'
  | 'provider-incident-key'
  | 'provider-impact'
  | 'traffic-event'
  | 'notice';

/** One believable record of every kind that is planned, asked, or about a provider. */
export const PLANNED_SAMPLES: { [K in Planned]: RecordOf<K> } = {
  'provider-ticket': {
    kind: 'provider-ticket',
    id: 'tkt_1',
    ...aggregate,
    clientId: 'cli_1',
    providerId: 'prv_1',
    incidentId: 'inc_1',
    subject: 'The site is slow',
    text: 'Since noon.',
    priority: 'P1',
    way: 'email',
    contactId: 'support',
    askedBy: 'per_1',
    providerName: 'Example Hosting',
    status: 'asked',
    generation: 1,
    level: 0,
    within: 'PT1H',
    askedAt: NOW,
    answerDueAt: '2026-03-01T13:00:00.000Z',
    chases: 0,
  },
  'provider-incident': {
    kind: 'provider-incident',
    id: 'pvi_1',
    ...aggregate,
    providerId: 'prv_1',
    providerName: 'Example Hosting',
    source: 'feed',
    externalId: 'abc123',
    title: 'Network trouble',
    impact: 'major',
    status: 'investigating',
    over: false,
    startedAt: NOW,
  },
  'provider-incident-key': {
    kind: 'provider-incident-key',
    providerId: 'prv_1',
    externalId: 'abc123',
    incidentId: 'pvi_1',
  },
  'provider-impact': {
    kind: 'provider-impact',
    clientId: 'cli_1',
    id: 'pvi_1',
    serviceIds: ['svc_1'],
    since: NOW,
  },
  'traffic-event': {
    kind: 'traffic-event',
    id: 'trf_1',
    ...aggregate,
    clientId: 'cli_1',
    name: 'Spring sale',
    type: 'sale',
    serviceIds: ['svc_1'],
    timeZone: 'Europe/London',
    startsAt: '2026-04-01T09:00',
    endsAt: '2026-04-01T18:00',
    start: '2026-04-01T08:00:00.000Z',
    end: '2026-04-01T17:00:00.000Z',
    expectedPeak: { requestsPerSecond: 500 },
    ownerId: 'per_1',
    managerId: 'per_1',
    status: 'planned',
    generation: 1,
    notices: [],
    preChecks: [{ id: 'cache', label: 'The cache is warm' }],
  },
  notice: {
    kind: 'notice',
    subjectId: 'tkt_1',
    promise: 'g1.asked.0#support',
    id: 'ntc_1',
    clientId: 'cli_1',
    generation: 1,
    occasion: 'asked',
    providerId: 'prv_1',
    to: {
      ...{ id: 'support', name: 'Support', channel: 'email', address: 'support@hosting.example.com' },
      ours: false,
    },
    subject: '[P1] The site is slow',
    text: 'Since noon.',
    state: 'promised',
    attempts: 0,
    promisedAt: NOW,
    dueAt: NOW,
  },
};
