import type * as z from 'zod';
import { escalationPolicies } from './corrective/incidents/escalation-policy.ts';
import { schedules } from './corrective/on-call/schedule.ts';
import { clients } from './directory/client.ts';
import { apiKeys, integrations } from './directory/integration.ts';
import { people } from './directory/person.ts';
import { providers } from './directory/provider-resource.ts';
import { services } from './directory/service.ts';
import { trackers } from './preventive/tracker/tracker.ts';
import type { Reference, Resource } from './resource.ts';

/** Every resource, by kind: its declaration and its line here are all that it takes. */
export const RESOURCES = {
  client: clients,
  service: services,
  person: people,
  provider: providers,
  'escalation-policy': escalationPolicies,
  schedule: schedules,
  integration: integrations,
  'api-key': apiKeys,
  tracker: trackers,
} as const;

export type Resources = typeof RESOURCES;
export type ResourceKind = keyof Resources;
export type RecordOfResource = z.infer<Resources[ResourceKind]['record']>;

/** Those that every client has a list of. */
export type ClientKind = {
  [K in ResourceKind]: Resources[K]['owner'] extends 'client' ? K : never;
}[ResourceKind];

export const isClientKind = (kind: ResourceKind): kind is ClientKind => RESOURCES[kind].owner === 'client';

/** All declarations, for what loops over them. */
export const allResources = (): Resource<RecordOfResource>[] => Object.values(RESOURCES);

export const isResourceKind = (kind: string): kind is ResourceKind => Object.hasOwn(RESOURCES, kind);

export const isOfResource = <T extends { kind: string }>(
  record: T,
): record is Extract<T, { kind: ResourceKind }> => isResourceKind(record.kind);

/** What a record depends on. */
export const referencesOf = (record: RecordOfResource): Reference[] => {
  const resource: Resource<RecordOfResource> = RESOURCES[record.kind];
  return resource.references?.(record) ?? [];
};
