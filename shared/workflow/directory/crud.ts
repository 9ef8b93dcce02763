import * as z from 'zod';
import { authorise } from '../../domain/directory/access.ts';
import { derive, type Invocation } from '../../domain/id.ts';
import { parse } from '../../domain/parse.ts';
import type { RecordOf, Ref, StoredRecord } from '../../domain/records.ts';
import { Refused } from '../../domain/refused.ts';
import type { Caller } from '../engine/caller.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { promiseWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { mergePatch } from './merge-patch.ts';
import { addedReferences, requireReferences, usesOf } from './references.ts';
import type { Named, Resource, ResourceKind } from './resource.ts';

/** A caller and the version that they have seen. */
export type Writer = Caller & { ifMatch?: number | undefined };

/** A record, with what its keeper should know about it. */
export type StoredView<K extends ResourceKind> = RecordOf<K> & { warnings: string[] };

/** Which record is wanted, by whom, and for what. */
export interface Wanted {
  id: string;
  principal: Caller['principal'];
  role: 'read' | 'admin';
}

const isNotFound = (error: unknown): boolean => error instanceof Refused && error.code === 'not-found';

const withWarnings = async <K extends ResourceKind>(
  ports: Ports,
  resource: Resource<K>,
  record: RecordOf<K>,
): Promise<StoredView<K>> => ({
  ...record,
  warnings: (await resource.warnings?.(ports, record)) ?? [],
});

/**
 * The record, for whoever holds the role on the client that it belongs to.
 * @throws Refused `not-found` in the very same words for what is not here and for what is another client's.
 */
export const find = async <K extends ResourceKind>(
  ports: Ports,
  resource: Resource<K>,
  { id, principal, role }: Wanted,
): Promise<Named<K>> => {
  const alsoReadBy = role === 'read' ? resource.alsoReadBy : undefined;
  if (resource.ofInstallation && !alsoReadBy) authorise(principal, role, '*');
  const missing = new Refused('not-found', `There is no such ${resource.called}.`);
  const record = (await ports.store.get({ kind: resource.kind, id } as unknown as Ref<K>)) as
    | Named<K>
    | undefined;
  if (!record) throw missing;
  if (await alsoReadBy?.(ports, principal, record)) return record;
  try {
    authorise(principal, role, resource.clientOf(record));
  } catch (error) {
    throw alsoReadBy || isNotFound(error) ? missing : error;
  }
  return record;
};

/** A new record of the noun, as a decision makes it. */
export const draft = <K extends ResourceKind>(
  resource: Resource<K>,
  body: object,
  invocation: Invocation,
): Named<K> => {
  const record = {
    kind: resource.kind,
    id: derive(resource.prefix, invocation, resource.kind),
    version: 1,
    createdAt: invocation.now,
    updatedAt: invocation.now,
    ...body,
  } as unknown as Named<K>;
  return { ...record, ...resource.derived?.(undefined, record) };
};

/** What the noun promises with the change: a notice once, a timer whenever it is promised. */
const promisesOf = <K extends ResourceKind>(
  resource: Resource<K>,
  { before, after }: { before?: Named<K>; after: Named<K> },
  invocation: Invocation,
): Write[] => promiseWrites({ outbox: resource.outbox?.(before, after, invocation) ?? [] });

/** Makes a record; `also` is written with it. Everything that it refers to has to be there, and stays while it does. */
export const create = async <K extends ResourceKind>(
  ports: Ports,
  caller: Caller,
  { resource, record, also = [] }: { resource: Resource<K>; record: Named<K>; also?: Write[] },
): Promise<StoredView<K>> => {
  await authoriseMaking(ports, caller, { resource, record });
  return commitWithRetry(
    ports,
    async () => {
      await requireReferences(ports, caller, resource.references(record));
      const made: Write = { put: record as unknown as StoredRecord, guard: 'new' };
      return {
        writes: [
          made,
          ...usesOf(resource, undefined, record),
          ...promisesOf(resource, { after: record }, caller.invocation),
          ...also,
        ],
        result: await withWarnings(ports, resource, record),
      };
    },
    caller,
  );
};

/** Whoever makes it for a client that they may not see hears that the client is not here, as of any wrong reference. */
export const authoriseMaking = async <K extends ResourceKind>(
  ports: Ports,
  caller: Caller,
  { resource, record }: { resource: Resource<K>; record: Named<K> },
): Promise<void> => {
  try {
    authorise(caller.principal, 'admin', resource.kind === 'client' ? '*' : resource.clientOf(record));
  } catch (error) {
    if (isNotFound(error)) await requireReferences(ports, caller, resource.references(record));
    throw error;
  }
};

export const read = async <K extends ResourceKind>(
  ports: Ports,
  { principal }: Caller,
  { resource, id }: { resource: Resource<K>; id: string },
): Promise<StoredView<K>> =>
  withWarnings(ports, resource, await find(ports, resource, { id, principal, role: 'read' }));

/** Changes a record by a merge patch. A removal that was cut off is over with it: the record stays. */
export const change = async <K extends ResourceKind>(
  ports: Ports,
  caller: Writer,
  { resource, id, patch }: { resource: Resource<K>; id: string; patch: object },
): Promise<StoredView<K>> =>
  commitWithRetry(
    ports,
    async () => {
      const before = await find(ports, resource, { id, principal: caller.principal, role: 'admin' });
      requireVersion(before, caller.ifMatch);
      const after = merged(resource, before, { patch, invocation: caller.invocation });
      await requireReferences(ports, caller, addedReferences(resource, before, after));
      const writes: Write[] = [
        { put: after as unknown as StoredRecord, guard: before.version },
        ...usesOf(resource, before, after),
        ...promisesOf(resource, { before, after }, caller.invocation),
      ];
      return { writes, result: await withWarnings(ports, resource, after) };
    },
    caller,
  );

/** The record with the patch on it; the whole is checked again as if it were new. */
const merged = <K extends ResourceKind>(
  resource: Resource<K>,
  before: Named<K>,
  { patch, invocation }: { patch: object; invocation: Invocation },
): Named<K> => {
  const fields = Object.keys(resource.body.shape);
  const body = Object.fromEntries(Object.entries(before).filter(([name]) => fields.includes(name)));
  const fixed = (resource.fixed ?? []).map((name) => [
    name,
    z.literal(String(before[name]), 'cannot be changed: make another one instead'),
  ]);
  const schema = fixed.length > 0 ? resource.body.extend(Object.fromEntries(fixed)) : resource.body;
  const { removing: _, ...kept } = before;
  const without = Object.fromEntries(Object.entries(kept).filter(([name]) => !fields.includes(name)));
  const after = {
    ...without,
    ...parse(schema, mergePatch(body, patch), 'body'),
    version: before.version + 1,
    updatedAt: invocation.now,
  } as unknown as Named<K>;
  return { ...after, ...resource.derived?.(before, after) };
};

/** @throws Refused `stale` when the caller has seen another version than this. */
export const requireVersion = ({ version }: { version: number }, ifMatch: number | undefined): void => {
  if (ifMatch !== undefined && ifMatch !== version)
    throw new Refused('stale', `It is at version ${version} by now. Read it again.`);
};
