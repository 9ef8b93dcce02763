import { Refused } from '../../domain/refused.ts';
import type { Resource } from '../../domain/resource.ts';
import { isResourceKind, RESOURCES, type RecordOfResource } from '../../domain/resources.ts';
import { commitWithRetry } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { find, requireVersion, type Wanted, type Writer } from './crud.ts';
import { usesOf } from './references.ts';
import { alsoUsedBy } from './rules.ts';

const MOST_NAMED = 50;

/**
 * Removes a record that nothing uses. First it is marked, so that nothing can begin to use it; then it is looked at
 * once more; then it goes in the very version that was looked at, with its own marks on others and whatever `also`
 * names. Cut off in between, it can be removed again, or changed, which takes the mark off.
 * @returns the record that is gone.
 * @throws Refused `in-use` that names every user of it.
 */
export const remove = async <R extends RecordOfResource>(
  ports: Ports,
  { principal, ifMatch }: Writer,
  { resource, id, also = () => [] }: { resource: Resource<R>; id: string; also?: (record: R) => Write[] },
): Promise<R> => {
  const wanted: Wanted = { id, principal, role: 'admin' };
  requireVersion(await find(ports, resource, wanted), ifMatch);
  return commitWithRetry(ports, async () => {
    const marked = await mark(ports, resource, { ...wanted, ifMatch });
    await requireUnused(ports, resource, marked).catch(async (error) => {
      await unmark(ports, resource, wanted);
      throw error;
    });
    const gone: Write = { remove: { kind: resource.kind, id }, guard: marked.version };
    return { writes: [gone, ...usesOf(resource, marked, undefined), ...also(marked)], result: marked };
  });
};

/** From its commit on nothing can begin to use the record, until a newer version takes the mark off. */
const mark = <R extends RecordOfResource>(
  ports: Ports,
  resource: Resource<R>,
  { ifMatch, ...wanted }: Wanted & Pick<Writer, 'ifMatch'>,
): Promise<R> =>
  commitWithRetry(ports, async () => {
    const before = await find(ports, resource, wanted);
    if (before.removing) return { writes: [], result: before };
    requireVersion(before, ifMatch);
    await requireUnused(ports, resource, before);
    const after: R = { ...before, version: before.version + 1, removing: true };
    return { writes: [{ put: after, guard: before.version }], result: after };
  });

const unmark = <R extends RecordOfResource>(
  ports: Ports,
  resource: Resource<R>,
  wanted: Wanted,
): Promise<void> =>
  commitWithRetry(ports, async () => {
    const before = await find(ports, resource, wanted);
    const after = { ...before, version: before.version + 1, removing: undefined };
    return { writes: before.removing ? [{ put: after, guard: before.version }] : [], result: undefined };
  });

const pathOf = (kind: string): string => (isResourceKind(kind) ? RESOURCES[kind].path : kind);

const requireUnused = async <R extends RecordOfResource>(
  ports: Ports,
  resource: Resource<R>,
  record: R,
): Promise<void> => {
  const { items: uses, next } = await ports.store.list(
    { of: 'use', usedId: record.id },
    { limit: MOST_NAMED },
  );
  const more = next ? 'others' : await alsoUsedBy(ports, record);
  if (uses.length === 0 && !more) return;
  const names = uses.map((use) => `the ${use.userKind.replace('-', ' ')} “${use.userName}”`);
  throw new Refused(
    'in-use',
    `This ${resource.called} is still used by ${[...names, ...(more ? [more] : [])].join(', ')}. Change or remove that first.`,
    uses.map((use) => ({
      path: `/v1/${pathOf(use.userKind)}/${use.userId}`,
      message: `“${use.userName}” uses it`,
    })),
  );
};
