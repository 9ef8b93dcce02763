/** What a resource's declaration cannot say by itself, because the answer is in other records. */
import type { EscalationPolicy } from '../../domain/corrective/incidents/escalation-policy.ts';
import type { Principal } from '../../domain/directory/access.ts';
import { isReachable } from '../../domain/directory/person.ts';
import type { Resource } from '../../domain/resource.ts';
import type { RecordOfResource } from '../../domain/resources.ts';
import type { Ports } from '../engine/ports.ts';
import { hostsForThem } from '../providers/hosted.ts';
import { unprovenIn } from '../trackers/unproven.ts';

/** Whether a principal without the installation may read a record that is shared with clients. */
export const readableThrough = (
  ports: Ports,
  principal: Principal,
  record: RecordOfResource,
): Promise<boolean> | boolean => record.kind === 'provider' && hostsForThem(ports, principal, record.id);

/** What beside the records that refer to it would be left hanging if it were removed. */
export const alsoUsedBy = async (ports: Ports, record: RecordOfResource): Promise<string | undefined> => {
  if (record.kind === 'client') return recordsOfClient(ports, record.id);
  if (record.kind !== 'tracker') return undefined;
  const titles = await unprovenIn(ports, record.id);
  return titles.length > 0
    ? `${titles.map((title) => `the action item “${title}”`).join(', ')}, which waits for verification: remove its link first`
    : undefined;
};

const recordsOfClient = async ({ store }: Ports, clientId: string): Promise<string | undefined> => {
  const one = { limit: 1 };
  const incidents = await store.list({ of: 'incident', clientId }, one);
  if (incidents.items.length > 0) return 'its incidents, which are kept as a record';
  const actions = await store.list({ of: 'action-item', clientId }, one);
  return actions.items.length > 0 ? 'its action items, which are kept as a record' : undefined;
};

/** Problems that do not prevent saving but should be fixed. */
export const warningsOf = async <R extends RecordOfResource>(
  ports: Ports,
  resource: Resource<R>,
  record: R,
): Promise<string[]> => [
  ...(resource.warnings?.(record) ?? []),
  ...(record.kind === 'escalation-policy' ? await unheardSteps(ports, record) : []),
];

const unheardSteps = async (ports: Ports, { steps }: EscalationPolicy): Promise<string[]> => {
  const ids = steps.flatMap(({ targets }) =>
    targets.filter(({ type }) => type === 'person').map(({ id }) => id),
  );
  const people = await ports.store.getMany([...new Set(ids)].map((id) => ({ kind: 'person' as const, id })));
  const reachable = new Set(people.filter(isReachable).map(({ id }) => id));
  return steps.flatMap(({ targets }, at) =>
    targets.every(({ type, id }) => type === 'person' && !reachable.has(id))
      ? [`Step ${at + 1} reaches nobody: none of its people has a verified contact method.`]
      : [],
  );
};
