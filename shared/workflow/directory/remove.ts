import type { Ref, StoredRecord } from '../../domain/records.ts';
import { Refused } from '../../domain/refused.ts';
import { commitWithRetry } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { find, requireVersion, type Wanted, type Writer } from './crud.ts';
import { usesOf } from './references.ts';
import type { Named, Resource, ResourceKind } from './resource.ts';

const MOST_NAMED = 50;

/**
 * Removes a record that nothing uses. First it is marked, so that nothing can begin to use it; then it is looked at
 * once more; then it goes in the very version that was looked at, with its own marks on others and whatever `also`
 * names. Cut off in between, it can be removed again, or changed, which takes the mark off.
 * @returns the record that is gone.
 * @throws Refused `in-use` that names every user of it.
 */
export const remove = async <K extends ResourceKind>(
  ports: Ports,
  { principal, ifMatch }: Writer,
  {
    resource,
    id,
    also = () => [],
  }: { resource: Resource<K>; id: string; also?: (record: Named<K>) => Write[] },
): Promise<Named<K>> => {
  const wanted: Wanted = { id, principal, role: 'admin' };
  requireVersion(await find(ports, resource, wanted), ifMatch);
  return commitWithRetry(ports, async () => {
    const marked = await mark(ports, resource, { ...wanted, ifMatch });
    await requireUnused(ports, resource, marked).catch(async (error) => {
      await unmark(ports, resource, wanted);
      throw error;
    });
    const gone: Write = { remove: { kind: resource.kind, id } as Ref<'person'>, guard: marked.version };
    return { writes: [gone, ...usesOf(resource, marked, undefined), ...also(marked)], result: marked };
  });
};

/** From its commit on nothing can begin to use the record, until a newer version takes the mark off. */
const mark = <K extends ResourceKind>(
  ports: Ports,
  resource: Resource<K>,
  { ifMatch, ...wanted }: Wanted & Pick<Writer, 'ifMatch'>,
): Promise<Named<K>> =>
  commitWithRetry(ports, async () => {
    const before = await find(ports, resource, wanted);
    if (before.removing) return { writes: [], result: before };
    requireVersion(before, ifMatch);
    await requireUnused(ports, resource, before);
    const after: Named<K> = { ...before, version: before.version + 1, removing: true };
    return { writes: [{ put: after as unknown as StoredRecord, guard: before.version }], result: after };
  });

const unmark = <K extends ResourceKind>(ports: Ports, resource: Resource<K>, wanted: Wanted): Promise<void> =>
  commitWithRetry(ports, async () => {
    const { removing, ...before } = await find(ports, resource, wanted);
    const after = { ...before, version: before.version + 1 } as unknown as StoredRecord;
    return { writes: removing ? [{ put: after, guard: before.version }] : [], result: undefined };
  });

const PATHS: Record<string, string> = {
  service: 'services',
  provider: 'providers',
  'escalation-policy': 'escalation-policies',
  schedule: 'schedules',
  integration: 'integrations',
  tracker: 'trackers',
};

const requireUnused = async <K extends ResourceKind>(
  ports: Ports,
  resource: Resource<K>,
  record: Named<K>,
): Promise<void> => {
  const { items: uses, next } = await ports.store.list(
    { of: 'use', usedId: record.id },
    { limit: MOST_NAMED },
  );
  const more = next ? 'others' : await resource.alsoUsedBy?.(ports, record);
  if (uses.length === 0 && !more) return;
  const names = uses.map((use) => `the ${use.userKind.replace('-', ' ')} “${use.userName}”`);
  throw new Refused(
    'in-use',
    `This ${resource.called} is still used by ${[...names, ...(more ? [more] : [])].join(', ')}. Change or remove that first.`,
    uses.map((use) => ({
      path: `/v1/${PATHS[use.userKind] ?? use.userKind}/${use.userId}`,
      message: `“${use.userName}” uses it`,
    })),
  );
};
