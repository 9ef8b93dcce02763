/**
 * The table's map: where each kind of record is, and which reads that serves.
 *
 * | read                                      | where                                                             |
 * |-------------------------------------------|-------------------------------------------------------------------|
 * | an aggregate, resource or timer by id     | pk = id, sk = kind                                                |
 * | what an incident owns                     | pk = incident id, sk = timeline#… page#… open-alert#… policy      |
 * | which alerts a resolve by hand knew of    | pk = incident id, sk = forgotten-alerts#episode, then the rest    |
 * | an effect, under what it is about         | pk = subject id, sk = effect#id                                   |
 * | what a traffic event, ticket or provider  | pk = its id, sk = notice#promise, history#id                      |
 * | owns                                      |                                                                   |
 * | a provider's trouble by the provider's id | pk = provider id, sk = status#id; who it touches: impact#client   |
 * | a provider's services, its troubles       | gsi2: provider#id#services; gsi1: provider#id#incidents           |
 * | an incident's tickets                     | gsi2: incident#id#tickets                                         |
 * | what a review owns                        | pk = its id, sk = section#name, finding#id, evidence#id,          |
 * |                                           | publication#number (and notice#, history#)                        |
 * | a client's review template                | pk = client id, sk = review-template                              |
 * | where a cause was seen; what is to        | pk = cause id, sk = sighting#incident, action#id                  |
 * | prevent it                                |                                                                   |
 * | what a service's incidents are known by   | pk = likeness#service, sk = incident id                           |
 * | what an alert is known to come of         | pk = alert-key#hash                                               |
 * | what an incident looks like               | pk = incident id, sk = resemblance                                |
 * | the action items that came from one thing | gsi2: origin#id#action-items                                      |
 * | the action items of a tracker's issues    | pk = tracker id, sk = issue#key                                   |
 * | which alert a dedup key means now         | pk = dedup#1#integration#hash of the key (1: the rule's version)  |
 * | the open group of a service               | pk = service id, sk = open-group                                  |
 * | who uses this                             | pk = id of the used, sk = used-by#kind#id                         |
 * | what a key opens                          | pk = key#hash                                                     |
 * | the answer kept for an idempotency key    | pk = answer#id                                                    |
 * | the incident behind a phone's reply code  | pk = phone#number, sk = code#n; the reverse: incident#id          |
 * | the next number of a counter              | pk = counter#name                                                 |
 * | all clients, people, policies, schedules,  | gsi1: all#kind, sorted by name without case, then id              |
 * | API keys                                  |                                                                   |
 * | a client's services, integrations,        | gsi1: client#id#noun, sorted by id, which is by time              |
 * | changes, alerts, incidents, reviews,      |                                                                   |
 * | causes, action items, trackers            |                                                                   |
 * | a client's incidents of one status        | gsi2: client#id#incidents#status, sorted by id                    |
 * | an incident's alerts                      | gsi2: incident#id#alerts, sorted by id                            |
 * | what is due (pages, notices, timers, …)   | due: due#rank#shard, sorted by due time; keys only, sparse        |
 */
import { createHash } from 'node:crypto';
import { isBackground } from '../domain/outbox/timer.ts';
import type { Kind, RecordOf, Ref, StoredRecord } from '../domain/records.ts';
import { clientOf, type Resource } from '../domain/resource.ts';
import { allResources, isOfResource, RESOURCES, type ResourceKind } from '../domain/resources.ts';
import type { Due, Rank } from '../workflow/engine/store-port.ts';

/** Spreads what is due on one rank over partitions, so that a storm of pages is not held to one partition's writes. */
export const DUE_SHARDS = 4;

export interface Key {
  pk: string;
  sk: string;
}

/** The attributes that put an item on the indexes; `undefined` keeps it off. */
export interface IndexKeys {
  gsi1pk?: string;
  gsi1sk?: string;
  gsi2pk?: string;
  gsi2sk?: string;
  duepk?: string;
  duesk?: string;
}

const byId = ({ id, kind }: { id: string; kind: string }): Key => ({ pk: id, sk: kind });

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** An incident's history is called its timeline. */
export const historyPrefix = (subjectId: string): string =>
  subjectId.startsWith('inc_') ? 'timeline#' : 'history#';

const resourceKeys = Object.fromEntries(allResources().map(({ kind }) => [kind, byId])) as Record<
  ResourceKind,
  typeof byId
>;

const KEYS: { [K in Kind]: (ref: Ref<K>) => Key } = {
  ...resourceKeys,
  incident: byId,
  alert: byId,
  change: byId,
  timer: byId,
  'provider-ticket': byId,
  'provider-incident': byId,
  'traffic-event': byId,
  review: byId,
  cause: byId,
  'action-item': byId,
  'review-section': ({ reviewId, name }) => ({ pk: reviewId, sk: `section#${name}` }),
  finding: ({ reviewId, id }) => ({ pk: reviewId, sk: `finding#${id}` }),
  evidence: ({ reviewId, id }) => ({ pk: reviewId, sk: `evidence#${id}` }),
  publication: ({ reviewId, number }) => ({
    pk: reviewId,
    sk: `publication#${String(number).padStart(6, '0')}`,
  }),
  'review-template': ({ clientId }) => ({ pk: clientId, sk: 'review-template' }),
  'cause-sighting': ({ causeId, incidentId }) => ({ pk: causeId, sk: `sighting#${incidentId}` }),
  'cause-action': ({ causeId, actionItemId }) => ({ pk: causeId, sk: `action#${actionItemId}` }),
  fingerprint: ({ serviceId, incidentId }) => ({ pk: `likeness#${serviceId}`, sk: incidentId }),
  'known-alert': ({ alertKey }) => ({ pk: `alert-key#${alertKey}`, sk: 'known-alert' }),
  'similar-incidents': ({ incidentId }) => ({ pk: incidentId, sk: 'resemblance' }),
  'tracked-issue': ({ trackerId, key }) => ({ pk: trackerId, sk: `issue#${key}` }),
  'provider-incident-key': ({ providerId, externalId }) => ({ pk: providerId, sk: `status#${externalId}` }),
  'provider-impact': ({ clientId, id }) => ({ pk: id, sk: `impact#${clientId}` }),
  notice: ({ subjectId, promise }) => ({ pk: subjectId, sk: `notice#${promise}` }),
  'history-entry': ({ subjectId, id }) => ({ pk: subjectId, sk: `${historyPrefix(subjectId)}${id}` }),
  credential: ({ keyHash }) => ({ pk: `key#${keyHash}`, sk: 'credential' }),
  answer: ({ id }) => ({ pk: `answer#${id}`, sk: 'answer' }),
  use: ({ usedId, userKind, userId }) => ({ pk: usedId, sk: `used-by#${userKind}#${userId}` }),
  'policy-snapshot': ({ incidentId }) => ({ pk: incidentId, sk: 'policy' }),
  page: ({ incidentId, promise }) => ({ pk: incidentId, sk: `page#${promise}` }),
  'open-alert': ({ incidentId, alertId }) => ({ pk: incidentId, sk: `open-alert#${alertId}` }),
  'alerts-open-at-resolve': ({ incidentId, id }) => ({ pk: incidentId, sk: `forgotten-alerts#${id}` }),
  effect: ({ subjectId, id }) => ({ pk: subjectId, sk: `effect#${id}` }),
  'sms-code': ({ phone, code }) => ({ pk: `phone#${phone}`, sk: `code#${code}` }),
  'phone-incident': ({ phone, incidentId }) => ({ pk: `phone#${phone}`, sk: `incident#${incidentId}` }),
  dedup: ({ integrationId, dedupKey }) => ({
    pk: `dedup#1#${integrationId}#${hash(dedupKey).toString('hex')}`,
    sk: 'dedup',
  }),
  'open-group': ({ serviceId }) => ({ pk: serviceId, sk: 'open-group' }),
};

/** Where a record is, from the record or a reference to it. */
export const keyOf = <K extends Kind>(ref: Ref<K>): Key => (KEYS[ref.kind] as (ref: Ref<K>) => Key)(ref);

export const counterKey = (name: string): Key => ({ pk: `counter#${name}`, sk: 'counter' });

/** A tab sorts before everything that a name may hold, so that a name goes before those that it begins. */
const byName = (record: { kind: string; name: string; id: string }): IndexKeys => ({
  gsi1pk: `all#${record.kind}`,
  gsi1sk: `${record.name.toLowerCase()}\t${record.id}`,
});

const ofClient =
  (resource: string) =>
  (record: { clientId: string; id: string }): IndexKeys => ({
    gsi1pk: `client#${record.clientId}#${resource}`,
    gsi1sk: record.id,
  });

/** As its declaration says: a client's under its path, the rest by name. */
const ofResource = (record: RecordOf<ResourceKind>): IndexKeys => {
  const { owner, path }: Resource = RESOURCES[record.kind];
  return owner === 'client'
    ? ofClient(path)({ id: record.id, clientId: clientOf({ owner }, record) })
    : byName(record);
};

/** What is not only listed as the declaration of a resource says. */
const LISTED: { [K in Kind]?: (record: RecordOf<K>) => IndexKeys } = {
  service: (service) => ({
    ...ofResource(service),
    ...(service.providerId ? { gsi2pk: `provider#${service.providerId}#services`, gsi2sk: service.id } : {}),
  }),
  'provider-ticket': (ticket) => ({
    ...ofClient('provider-tickets')(ticket),
    ...(ticket.incidentId ? { gsi2pk: `incident#${ticket.incidentId}#tickets`, gsi2sk: ticket.id } : {}),
  }),
  'traffic-event': ofClient('traffic-events'),
  'provider-impact': ofClient('provider-impacts'),
  'provider-incident': (incident) => ({
    gsi1pk: `provider#${incident.providerId}#incidents`,
    gsi1sk: incident.id,
  }),
  review: ofClient('reviews'),
  cause: ofClient('causes'),
  'action-item': (item) => ({
    ...ofClient('action-items')(item),
    ...(item.origin.id ? { gsi2pk: `origin#${item.origin.id}#action-items`, gsi2sk: item.id } : {}),
  }),
  change: ofClient('changes'),
  alert: (alert) => ({
    ...ofClient('alerts')(alert),
    gsi2pk: `incident#${alert.incidentId}#alerts`,
    gsi2sk: alert.id,
  }),
  incident: (incident) => ({
    ...ofClient('incidents')(incident),
    gsi2pk: `client#${incident.clientId}#incidents#${incident.status}`,
    gsi2sk: incident.id,
  }),
};

type OutboxItem = RecordOf<'page'> | RecordOf<'effect'> | RecordOf<'timer'> | RecordOf<'notice'>;

const rankOf = (record: OutboxItem): Rank => {
  if (record.kind === 'effect') return isBackground(record) ? 'background' : 'effect';
  if (record.kind !== 'page') return record.kind;
  return record.severity === 'sev1' || record.severity === 'sev2' ? `page-${record.severity}` : 'page-other';
};

const isPromised = (record: StoredRecord): record is OutboxItem =>
  ['page', 'effect', 'timer', 'notice'].includes(record.kind);

/** The partition of the rank `background` keeps its name of version 1, so that items of then are swept. */
export const duePartition = (rank: Rank, shard: number): string =>
  `due#${rank === 'background' ? 'lesson' : rank}#${shard}`;

/** Where something stands in its due partition. */
export const dueSortKey = (dueAt: string, { pk, sk }: Key): string => `${dueAt}#${pk}#${sk}`;

const dueKeys = (record: StoredRecord): IndexKeys => {
  if (!isPromised(record) || !record.dueAt) return {};
  const key = keyOf(record);
  const shard = (hash(`${key.pk}#${key.sk}`)[0] ?? 0) % DUE_SHARDS;
  return { duepk: duePartition(rankOf(record), shard), duesk: dueSortKey(record.dueAt, key) };
};

/** The indexes that a record is on as it stands now. */
export const indexKeysOf = (record: StoredRecord): IndexKeys => {
  const listed = LISTED[record.kind] as ((record: StoredRecord) => IndexKeys) | undefined;
  if (listed) return { ...listed(record), ...dueKeys(record) };
  return isOfResource(record) ? ofResource(record) : dueKeys(record);
};

/** What is promised under a key; undefined when the key is of nothing that this version knows. */
export const promisedAt = ({ pk, sk }: Key): Due['ref'] | undefined => {
  if (sk === 'timer') return { kind: 'timer', id: pk };
  if (sk.startsWith('page#')) return { kind: 'page', incidentId: pk, promise: sk.slice('page#'.length) };
  if (sk.startsWith('notice#')) return { kind: 'notice', subjectId: pk, promise: sk.slice('notice#'.length) };
  if (sk.startsWith('effect#')) return { kind: 'effect', subjectId: pk, id: sk.slice('effect#'.length) };
  return undefined;
};

const LONGEST_PARTITION_KEY = 2048;
const LONGEST_SORT_KEY = 1024;

/** Whether anything can be there at all: an id from outside may be too long to be a key, and is then simply not found. */
export const canExist = ({ pk, sk }: Key): boolean =>
  pk.length > 0 &&
  Buffer.byteLength(pk) <= LONGEST_PARTITION_KEY &&
  Buffer.byteLength(sk) <= LONGEST_SORT_KEY;
