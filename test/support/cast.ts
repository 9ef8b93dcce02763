import type { EscalationPolicy, Step } from '../../shared/domain/corrective/incidents/escalation-policy.ts';
import type { Client } from '../../shared/domain/directory/client.ts';
import type { ContactMethod, NotificationRule, Person } from '../../shared/domain/directory/person.ts';
import type { Service } from '../../shared/domain/directory/service.ts';
import type { StoredRecord } from '../../shared/domain/records.ts';
import type { IntegrationCredential } from '../../shared/workflow/alerts/arrival.ts';

/** A Monday morning. */
export const START = '2026-01-05T09:00:00.000Z';

const aggregate = { version: 1, createdAt: START, updatedAt: START };
const ULID = '01KE6F3G00';
const idOf = (prefix: string, name: string): string =>
  `${prefix}_${ULID}${name
    .toUpperCase()
    .replace(/[ILOU]/g, '1')
    .padStart(16, '0')}`;

const NAMES = ['ada', 'bo', 'cy', 'dee'] as const;
type Name = (typeof NAMES)[number];

export interface Casting {
  steps?: (people: Record<Name, Person>) => Step[];
  repeats?: number;
  groupingWindow?: string;
  reopenWindow?: string;
  methods?: Partial<Record<Name, ContactMethod[]>>;
  rules?: Partial<Record<Name, NotificationRule[]>>;
}

/** Everybody and everything that a journey needs: a client, its service, a policy, and people with mail and a phone. */
export interface Cast {
  client: Client;
  service: Service;
  policy: EscalationPolicy;
  people: Record<Name, Person>;
  integration: IntegrationCredential;
  records: StoredRecord[];
  addresses(name: string): string[];
}

const methodsOf = (name: Name): ContactMethod[] => [
  { id: 'sms', channel: 'sms', address: `+1555010010${NAMES.indexOf(name)}`, verified: true },
  { id: 'mail', channel: 'email', address: `${name}@example.com`, verified: true },
];

const step = (...people: Person[]): Step => ({
  delay: 'PT5M',
  targets: people.map(({ id }) => ({ type: 'person', id })),
});

/** Ada is called first, then Bo, then Cy and Dee together; each by text and mail at once, unless told otherwise. */
export const cast = (casting: Casting): Cast => {
  const people = Object.fromEntries(NAMES.map((name) => [name, personCalled(name, casting)])) as Record<
    Name,
    Person
  >;
  const client: Client = { kind: 'client', id: idOf('cli', 'harbour'), ...aggregate, name: 'Harbour Books' };
  const policy: EscalationPolicy = {
    kind: 'escalation-policy',
    id: idOf('pol', 'shop'),
    ...aggregate,
    name: 'Shop',
    steps: casting.steps?.(people) ?? [step(people.ada), step(people.bo), step(people.cy, people.dee)],
    repeats: casting.repeats ?? 0,
  };
  const service: Service = {
    kind: 'service',
    id: idOf('svc', 'shop'),
    ...aggregate,
    clientId: client.id,
    name: 'Shop',
    escalationPolicyId: policy.id,
    groupingWindow: casting.groupingWindow ?? 'PT0S',
    reopenWindow: casting.reopenWindow ?? 'PT0S',
  };
  const integration: IntegrationCredential = {
    type: 'integration',
    integrationId: idOf('int', 'monitor'),
    clientId: client.id,
    serviceId: service.id,
    source: 'pagerduty',
  };
  const addresses = (name: string): string[] =>
    name === 'fallback'
      ? ['fallback@example.com']
      : people[name as Name].contactMethods.map(({ address }) => address);
  return {
    client,
    service,
    policy,
    people,
    integration,
    records: [client, policy, service, ...Object.values(people)],
    addresses,
  };
};

const personCalled = (name: Name, { methods, rules }: Casting): Person => ({
  kind: 'person',
  id: idOf('per', name),
  ...aggregate,
  name: name.charAt(0).toUpperCase() + name.slice(1),
  email: `${name}@example.com`,
  timeZone: 'UTC',
  contactMethods: methods?.[name] ?? methodsOf(name),
  notificationRules: rules?.[name] ?? [],
});
