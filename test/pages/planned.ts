import type { ProviderTicket } from '../../shared/domain/corrective/provider-tickets/provider-ticket.ts';
import type { Service } from '../../shared/domain/directory/service.ts';
import type { Notice } from '../../shared/domain/outbox/notice.ts';
import { everyFact, type Fact } from '../../shared/domain/proactive/traffic/facts.ts';
import type { ProviderNotice, TrafficEvent } from '../../shared/domain/proactive/traffic/traffic-event.ts';
import type { TicketView, TrafficView } from '../../shared/workflow/paging/answer-notice.ts';
import type { Proof } from '../../shared/workflow/traffic/proof.ts';

const MADE = '2026-11-10T10:00:00.000Z';
const aggregate = { version: 1, createdAt: MADE, updatedAt: MADE };

/** Told 2 days 23 hours before the provider's deadline. */
export const providerNotice = (change: Partial<ProviderNotice> = {}): ProviderNotice => ({
  providerId: 'prv_host',
  providerName: 'Example Hosting',
  deadline: '2026-11-20T08:00:00.000Z',
  late: false,
  state: 'sent',
  missing: [],
  sentAt: '2026-11-17T09:00:00.000Z',
  asked: 1,
  ...change,
});

/** A sale on a winter morning in Stockholm, where it is an hour later than in UTC. */
export const event = (change: Partial<TrafficEvent> = {}): TrafficEvent => ({
  kind: 'traffic-event',
  id: 'trf_1',
  ...aggregate,
  clientId: 'cli_1',
  name: 'Black Friday',
  type: 'sale',
  serviceIds: ['svc_1', 'svc_2'],
  timeZone: 'Europe/Stockholm',
  startsAt: '2026-11-27T09:00',
  endsAt: '2026-11-27T21:30',
  start: '2026-11-27T08:00:00.000Z',
  end: '2026-11-27T20:30:00.000Z',
  baseline: { requestsPerSecond: 40 },
  expectedPeak: { requestsPerSecond: 1200, concurrentUsers: 8000 },
  anonymousShare: 90,
  urls: ['https://shop.example.com/sale', 'https://shop.example.com/'],
  businessContact: { name: 'Mia Market', email: 'mia@example.com' },
  ownerId: 'per_owner',
  managerId: 'per_manager',
  notes: 'Between us: the budget is thin.',
  status: 'planned',
  generation: 3,
  notices: [providerNotice()],
  preChecks: [],
  ...change,
});

export const sent = (change: Partial<Notice> = {}): Notice => ({
  kind: 'notice',
  subjectId: 'trf_1',
  promise: 'g3.announcement.0#desk',
  id: 'ntc_1',
  clientId: 'cli_1',
  generation: 3,
  occasion: 'announcement',
  providerId: 'prv_host',
  to: { id: 'desk', name: 'Support desk', channel: 'email', address: 'support@example.com', ours: false },
  subject: 'Planned traffic: Black Friday',
  text: 'Please plan for it.\nConfirm here: {{link}}',
  state: 'delivered',
  attempts: 1,
  promisedAt: '2026-11-17T08:59:59.000Z',
  handedOverAt: '2026-11-17T09:00:00.000Z',
  ...change,
});

export const services: Service[] = ['Web shop', 'Search'].map((name, place) => ({
  kind: 'service',
  id: `svc_${place + 1}`,
  ...aggregate,
  ...{ clientId: 'cli_1', name, escalationPolicyId: 'pol_1', groupingWindow: 'PT0S', reopenWindow: 'PT0S' },
}));
const factsOf = (change: Partial<TrafficEvent>): Fact[] => everyFact(event(change), services);

/** What the support desk sees, unless told otherwise. */
export const traffic = (
  change: Partial<TrafficEvent> = {},
  notice: Partial<ProviderNotice> = {},
): TrafficView => ({
  of: 'traffic',
  event: event(change),
  clientName: 'Harbour Books',
  notice: providerNotice(notice),
  recipientName: 'Support desk',
  facts: factsOf(change),
});

export const proof = (change: Partial<TrafficEvent> = {}, notices = [sent()]): Proof => ({
  event: event(change),
  clientName: 'Harbour Books',
  serviceNames: services.map(({ name }) => name),
  facts: factsOf(change),
  notices,
  at: '2026-12-01T12:00:00.000Z',
});

export const ticket = (change: Partial<ProviderTicket> = {}): TicketView => ({
  of: 'ticket',
  clientName: 'Harbour Books',
  recipientName: 'Support desk',
  ours: false,
  ticket: {
    kind: 'provider-ticket',
    id: 'tkt_1',
    ...aggregate,
    ...{ clientId: 'cli_1', providerId: 'prv_host', providerName: 'Example Hosting' },
    ...{ subject: 'Is the database being moved?', text: 'Writes fail since ten.\nWhat is going on?' },
    ...{ priority: 'Urgent', way: 'email', askedBy: 'per_1', status: 'asked', generation: 1, level: 0 },
    ...{ within: 'PT1H', askedAt: MADE, answerDueAt: '2026-11-10T11:00:00.000Z', chases: 0 },
    ...change,
  },
});
