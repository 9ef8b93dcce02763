import { createHash } from 'node:crypto';
import { ReviewRule } from '../../shared/domain/directory/follow-up.ts';
import { reminders } from '../../shared/domain/directory/provider-reminder.ts';
import { derive, type Invocation } from '../../shared/domain/id.ts';
import type { RecordOf, StoredRecord } from '../../shared/domain/records.ts';
import { isOfResource, referencesOf } from '../../shared/domain/resources.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { demoProvider } from './demo-provider.ts';

/** The keys of the demo's integrations: known to everybody, so good for this machine alone. */
export const DEMO_KEYS = {
  pagerduty: 'demo0pagerduty0harbour0books0key',
  alertmanager: 'demo0alertmanager0tidewater00key',
  generic: 'demo0generic0harbour0books000key',
} as const;

/**
 * Puts a small believable agency into the table, once: in one transaction, which fails where it has been before.
 * Resolves to whether it was put now.
 */
export const seedDemo = async ({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<boolean> => {
  const records = demoRecords(clock.now());
  return (await store.commit(records.map((put) => ({ put, guard: 'new' })))) === 'committed';
};

/** Everything that refers to something leaves its mark there, so that what is in use cannot be removed. */
const withUses = (records: StoredRecord[]): StoredRecord[] => [...records, ...records.flatMap(usesOf)];

const usesOf = (record: StoredRecord): StoredRecord[] => {
  if (!isOfResource(record)) return [];
  const { kind: userKind, id: userId, name: userName } = record;
  const used = new Set(referencesOf(record).map(({ id }) => id));
  return [...used].map((usedId) => ({ kind: 'use', usedId, userKind, userId, userName }));
};

/** Two clients, their services and monitors, who hosts some of them, and four people who take turns for them. */
export const demoRecords = (now: Instant): StoredRecord[] => {
  const [ada, bo, chiara, dan] = PEOPLE.map((person) => personOf(person, now)) as [
    Person,
    Person,
    Person,
    Person,
  ];
  const rotation = rotationOf([ada, bo, chiara], now);
  const policy = policyOf({ rotation, second: dan }, now);
  const host = demoProvider(aggregate('prv', 'host', now), ada.id);
  const clients = CLIENTS.flatMap(({ name, services }) => {
    const client = clientOf({ name, lead: ada, manager: dan }, now);
    return [client, ...services.flatMap((service) => serviceOf({ client, policy, host }, service, now))];
  });
  const promised = reminders(host, { now, id: DRAW_ID });
  return withUses([ada, bo, chiara, dan, rotation, policy, host, ...promised, ...clients]);
};

/** Its incidents are reviewed: Ada and Dan approve, and somebody at the client reads what is published. */
const clientOf = (
  { name, lead, manager }: { name: string; lead: Person; manager: Person },
  now: Instant,
): RecordOf<'client'> => {
  const [word = ''] = name.toLowerCase().split(' ');
  const reader = { id: word, name: `The team at ${name}`, email: `team@${word}.example.com` };
  return {
    ...{ kind: 'client', ...aggregate('cli', name, now), name },
    ...{ technicalLeadId: lead.id, projectManagerId: manager.id },
    reviewRule: ReviewRule.parse({ publishTo: [reader] }),
  };
};

type Person = RecordOf<'person'>;
type Policy = RecordOf<'escalation-policy'>;

const PEOPLE = [
  { name: 'Ada Berg', email: 'ada@example.com', phone: '+15550100101', timeZone: 'Europe/Stockholm' },
  { name: 'Bo Okafor', email: 'bo@example.com', phone: '+15550100102', timeZone: 'Europe/London' },
  { name: 'Chiara Conti', email: 'chiara@example.com', phone: '+15550100103', timeZone: 'Europe/Rome' },
  { name: 'Dan Whitlock', email: 'dan@example.com', phone: '+15550100104', timeZone: 'America/New_York' },
];

interface DemoService {
  name: string;
  hosted?: true;
  monitor?: { name: string; source: keyof typeof DEMO_KEYS };
}

/** What the outage of the demo's review was of: a service by name only, for it happened elsewhere. */
export const DEMO_OUTAGE = 'Code hosting (a retelling)';

const CLIENTS: { name: string; services: DemoService[] }[] = [
  {
    name: 'Harbour Books',
    services: [
      { name: 'Web shop', hosted: true, monitor: { name: 'Uptime monitor', source: 'pagerduty' } },
      { name: 'Order export', monitor: { name: 'Nightly jobs', source: 'generic' } },
    ],
  },
  {
    name: 'Tidewater Tickets',
    services: [
      { name: 'Booking site', hosted: true, monitor: { name: 'Prometheus', source: 'alertmanager' } },
      { name: 'Ticket printing' },
      { name: DEMO_OUTAGE },
    ],
  },
];

/** The same ids on every machine, so that the demo is put at most once. */
const DRAW_ID = '0DEM0DEM0DEM0DEM0DEM0DEM00';

const aggregate = (prefix: string, label: string, now: Instant) => {
  const invocation: Invocation = { now, id: DRAW_ID };
  return { id: derive(prefix, invocation, label), version: 1, createdAt: now, updatedAt: now };
};

const personOf = ({ name, email, phone, timeZone }: (typeof PEOPLE)[number], now: Instant): Person => ({
  kind: 'person',
  ...aggregate('per', name, now),
  name,
  email,
  timeZone,
  contactMethods: [
    { id: 'email', channel: 'email', address: email, verified: true },
    { id: 'mobile', channel: 'sms', address: phone, verified: true },
  ],
  notificationRules: [],
});

const rotationOf = (people: Person[], now: Instant): RecordOf<'schedule'> => ({
  kind: 'schedule',
  ...aggregate('sch', 'rotation', now),
  name: 'Weekly rotation',
  timeZone: 'Europe/London',
  personIds: people.map(({ id }) => id),
  startsAt: '2026-01-05T09:00',
});

const policyOf = (
  { rotation, second }: { rotation: RecordOf<'schedule'>; second: Person },
  now: Instant,
): Policy => {
  const onCall = { type: 'schedule' as const, id: rotation.id };
  const then = { type: 'person' as const, id: second.id };
  return {
    kind: 'escalation-policy',
    ...aggregate('pol', 'policy', now),
    name: 'On-call responder, then Dan, then both',
    steps: [[onCall], [then], [onCall, then]].map((targets) => ({ delay: 'PT5M', targets })),
    repeats: 1,
  };
};

const serviceOf = (
  { client, policy, host }: { client: RecordOf<'client'>; policy: Policy; host: RecordOf<'provider'> },
  { name, hosted, monitor }: DemoService,
  now: Instant,
): StoredRecord[] => {
  const service: RecordOf<'service'> = {
    kind: 'service',
    ...aggregate('svc', name, now),
    clientId: client.id,
    name,
    escalationPolicyId: policy.id,
    ...(hosted ? { providerId: host.id } : {}),
    groupingWindow: 'PT0S',
    reopenWindow: 'PT0S',
  };
  return monitor ? [service, ...integrationOf(service, monitor, now)] : [service];
};

const integrationOf = (
  { id: serviceId, clientId }: RecordOf<'service'>,
  { name, source }: NonNullable<DemoService['monitor']>,
  now: Instant,
): StoredRecord[] => {
  const keyHash = createHash('sha256').update(DEMO_KEYS[source]).digest('hex');
  const made = aggregate('int', name, now);
  return [
    { kind: 'integration', ...made, clientId, serviceId, source, name, keyHash },
    {
      kind: 'credential',
      keyHash,
      opens: { type: 'integration', integrationId: made.id, clientId, serviceId, source },
    },
  ];
};
