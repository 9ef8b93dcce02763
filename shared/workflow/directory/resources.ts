import { EscalationPolicyBody } from '../../domain/corrective/incidents/escalation-policy.ts';
import { ScheduleBody } from '../../domain/corrective/on-call/schedule.ts';
import { ClientBody } from '../../domain/directory/client.ts';
import { ApiKeyChange, IntegrationBody } from '../../domain/directory/integration.ts';
import { type Person, PersonBody } from '../../domain/directory/person.ts';
import { noticeContacts, ProviderBody } from '../../domain/directory/provider.ts';
import { WITHOUT_FAILURE } from '../../domain/directory/provider-feed.ts';
import { generationAfter, reminders } from '../../domain/directory/provider-reminder.ts';
import { ServiceBody } from '../../domain/directory/service.ts';
import type { Ports } from '../engine/ports.ts';
import { hostsForThem } from '../providers/hosted.ts';
import type { Reference, Resource } from './resource.ts';

const reference = (kind: Reference['kind'], id: string, path: string): Reference => ({ kind, id, path });

export const clients: Resource<'client'> = {
  kind: 'client',
  prefix: 'cli',
  called: 'client',
  body: ClientBody,
  clientOf: (client) => client.id,
  references: ({ technicalLeadId, projectManagerId }) => [
    ...(technicalLeadId ? [reference('person', technicalLeadId, 'body.technicalLeadId')] : []),
    ...(projectManagerId ? [reference('person', projectManagerId, 'body.projectManagerId')] : []),
  ],
  alsoUsedBy: async ({ store }, { id: clientId }) => {
    const one = { limit: 1 };
    const incidents = await store.list({ of: 'incident', clientId }, one);
    if (incidents.items.length > 0) return 'its incidents, which are a record that is kept';
    const actions = await store.list({ of: 'action-item', clientId }, one);
    return actions.items.length > 0 ? 'its action items, which are a record that is kept' : undefined;
  },
  warnings: async (_ports, { reviewRule, technicalLeadId, projectManagerId }) =>
    reviewRule && !(technicalLeadId && projectManagerId)
      ? ['Its reviews cannot be approved: name a technicalLeadId and a projectManagerId.']
      : [],
};

/** Its client stays: incidents, alerts and keys carry the client that it was when they were made. */
export const services: Resource<'service'> = {
  kind: 'service',
  prefix: 'svc',
  called: 'service',
  body: ServiceBody,
  fixed: ['clientId'],
  clientOf: (service) => service.clientId,
  references: (service) => [
    reference('client', service.clientId, 'body.clientId'),
    reference('escalation-policy', service.escalationPolicyId, 'body.escalationPolicyId'),
    ...(service.providerId ? [reference('provider', service.providerId, 'body.providerId')] : []),
  ],
};

const isReachable = (person: Person): boolean => person.contactMethods.some((method) => method.verified);

export const people: Resource<'person'> = {
  kind: 'person',
  prefix: 'per',
  called: 'person',
  body: PersonBody,
  ofInstallation: true,
  clientOf: () => '*',
  references: () => [],
  warnings: async (_ports, person) =>
    isReachable(person) ? [] : [`${person.name} has no verified contact method, so nothing reaches them.`],
};

/** Whoever may read a service that it hosts may read how its support is reached. */
export const providers: Resource<'provider'> = {
  kind: 'provider',
  prefix: 'prv',
  called: 'provider',
  body: ProviderBody,
  ofInstallation: true,
  clientOf: () => '*',
  references: ({ ownerId }) => (ownerId ? [reference('person', ownerId, 'body.ownerId')] : []),
  alsoReadBy: (ports, principal, { id }) => hostsForThem(ports, principal, id),
  derived: (before, after) => ({
    generation: generationAfter(before, after),
    ...(before?.statusFeed === after.statusFeed ? {} : WITHOUT_FAILURE),
  }),
  outbox: (before, after, invocation) =>
    before?.generation === after.generation ? [] : reminders(after, invocation),
  warnings: async (_ports, provider) => [
    ...(noticeContacts(provider).length > 0
      ? []
      : ['Nobody there can be written to: notices of planned traffic must be sent by hand.']),
    ...(provider.ownerId ? [] : ['Nobody keeps it up to date: reminders have no owner to go to.']),
  ],
};

export const escalationPolicies: Resource<'escalation-policy'> = {
  kind: 'escalation-policy',
  prefix: 'pol',
  called: 'escalation policy',
  body: EscalationPolicyBody,
  ofInstallation: true,
  clientOf: () => '*',
  references: (policy) =>
    policy.steps.flatMap((step, at) =>
      step.targets.map((target, place) =>
        reference(target.type, target.id, `body.steps[${at}].targets[${place}].id`),
      ),
    ),
  warnings: async (ports, policy) => {
    const ids = policy.steps.flatMap(({ targets }) =>
      targets.filter(({ type }) => type === 'person').map(({ id }) => id),
    );
    const found = await peopleById(ports, ids);
    return policy.steps.flatMap(({ targets }, at) => {
      const deaf = targets.every(({ type, id }) => type === 'person' && !isHeard(found.get(id)));
      return deaf ? [`Step ${at + 1} reaches nobody: none of its people has a verified contact method.`] : [];
    });
  },
};

const isHeard = (person: Person | undefined): boolean => person !== undefined && isReachable(person);

const peopleById = async (ports: Ports, ids: string[]): Promise<Map<string, Person>> => {
  const refs = [...new Set(ids)].map((id) => ({ kind: 'person' as const, id }));
  return new Map((await ports.store.getMany(refs)).map((person) => [person.id, person]));
};

export const schedules: Resource<'schedule'> = {
  kind: 'schedule',
  prefix: 'sch',
  called: 'schedule',
  body: ScheduleBody,
  ofInstallation: true,
  clientOf: () => '*',
  references: (schedule) =>
    schedule.personIds.map((id, place) => reference('person', id, `body.personIds[${place}]`)),
};

/** Its service and source are what its key stands for, so they stay; make another for another. */
export const integrations: Resource<'integration'> = {
  kind: 'integration',
  prefix: 'int',
  called: 'integration',
  body: IntegrationBody,
  fixed: ['serviceId', 'source'],
  clientOf: (integration) => integration.clientId,
  references: (integration) => [reference('service', integration.serviceId, 'body.serviceId')],
};

/** What it may do stays as it was made; revoke it and make another for another. */
export const apiKeys: Resource<'api-key'> = {
  kind: 'api-key',
  prefix: 'key',
  called: 'API key',
  body: ApiKeyChange,
  ofInstallation: true,
  clientOf: () => '*',
  references: () => [],
};
