import * as z from 'zod';
import { authorise } from '../../domain/directory/access.ts';
import { derive, type Invocation } from '../../domain/id.ts';
import { parse } from '../../domain/parse.ts';
import type { Ref } from '../../domain/records.ts';
import { Refused } from '../../domain/refused.ts';
import { clientOf, type Resource } from '../../domain/resource.ts';
import type { RecordOfResource, ResourceKind } from '../../domain/resources.ts';
import type { Caller } from '../engine/caller.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { promiseWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { mergePatch } from './merge-patch.ts';
import { addedReferences, requireReferences, usesOf } from './references.ts';
import { readableThrough, warningsOf } from './rules.ts';

/** A caller and the version that they have seen. */
export type Writer = Caller & { ifMatch?: number | undefined };

/** A record, with what its keeper should know about it. */
export type StoredView<R> = R & { warnings: string[] };

/** Which record is wanted, by whom, and for what. */
export interface Wanted {
  id: string;
  principal: Caller['principal'];
  role: 'read' | 'admin';
}

const isNotFound = (error: unknown): boolean => error instanceof Refused && error.code === 'not-found';

const withWarnings = async <R extends RecordOfResource>(
  ports: Ports,
  resource: Resource<R>,
  record: R,
): Promise<StoredView<R>> => ({
  ...record,
  warnings: await warningsOf(ports, resource, record),
});

/**
 * The record, for whoever holds the role on the client that it belongs to.
 * @throws Refused `not-found` in the very same words for what is not here and for what is another client's.
 */
export const find = async <R extends RecordOfResource>(
  ports: Ports,
  resource: Resource<R>,
  { id, principal, role }: Wanted,
): Promise<R> => {
  const shared = role === 'read' && resource.sharedWithClients;
  if (resource.owner === 'installation' && !shared) authorise(principal, role, '*');
  const missing = new Refused('not-found', `This ${resource.called} does not exist.`);
  const record = await ports.store.get(refTo(resource, id));
  if (!record || !isOf(resource, record)) throw missing;
  if (shared && (await readableThrough(ports, principal, record))) return record;
  try {
    authorise(principal, role, clientOf(resource, record));
  } catch (error) {
    throw shared || isNotFound(error) ? missing : error;
  }
  return record;
};

/** Of some resource or other: what kind is there is seen when it is read. */
export const refTo = ({ kind }: { kind: ResourceKind }, id: string): Ref<ResourceKind> => ({ kind, id });

const isOf = <R extends RecordOfResource>(resource: Resource<R>, record: RecordOfResource): record is R =>
  record.kind === resource.kind;

/** A new record of the noun, as a decision makes it. */
export const draft = <R extends RecordOfResource>(
  resource: Resource<R>,
  body: object,
  invocation: Invocation,
): R => {
  const record = resource.record.parse({
    ...body,
    kind: resource.kind,
    id: derive(resource.prefix, invocation, resource.kind),
    version: 1,
    createdAt: invocation.now,
    updatedAt: invocation.now,
  });
  return { ...record, ...resource.derived?.(undefined, record) };
};

/** What the noun promises with the change: a notice once, a timer whenever it is promised. */
const promisesOf = <R extends RecordOfResource>(
  resource: Resource<R>,
  { before, after }: { before?: R; after: R },
  invocation: Invocation,
): Write[] => promiseWrites({ outbox: resource.outbox?.(before, after, invocation) ?? [] });

/** Makes a record; `also` is written with it. Everything that it refers to has to be there, and stays while it does. */
export const create = async <R extends RecordOfResource>(
  ports: Ports,
  caller: Caller,
  { resource, record, also = [] }: { resource: Resource<R>; record: R; also?: Write[] },
): Promise<StoredView<R>> => {
  await authoriseMaking(ports, caller, { resource, record });
  return commitWithRetry(
    ports,
    async () => {
      await requireReferences(ports, caller, resource.references?.(record) ?? []);
      const made: Write = { put: record, guard: 'new' };
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
export const authoriseMaking = async <R extends RecordOfResource>(
  ports: Ports,
  caller: Caller,
  { resource, record }: { resource: Resource<R>; record: R },
): Promise<void> => {
  try {
    authorise(caller.principal, 'admin', resource.owner === 'itself' ? '*' : clientOf(resource, record));
  } catch (error) {
    if (isNotFound(error)) await requireReferences(ports, caller, resource.references?.(record) ?? []);
    throw error;
  }
};

export const read = async <R extends RecordOfResource>(
  ports: Ports,
  { principal }: Caller,
  { resource, id }: { resource: Resource<R>; id: string },
): Promise<StoredView<R>> =>
  withWarnings(ports, resource, await find(ports, resource, { id, principal, role: 'read' }));

/** Changes a record by a merge patch. A removal that was cut off is over with it: the record stays. */
export const change = async <R extends RecordOfResource>(
  ports: Ports,
  caller: Writer,
  { resource, id, patch }: { resource: Resource<R>; id: string; patch: object },
): Promise<StoredView<R>> =>
  commitWithRetry(
    ports,
    async () => {
      const before = await find(ports, resource, { id, principal: caller.principal, role: 'admin' });
      requireVersion(before, caller.ifMatch);
      const after = merged(resource, before, { patch, invocation: caller.invocation });
      await requireReferences(ports, caller, addedReferences(resource, before, after));
      const writes: Write[] = [
        { put: after, guard: before.version },
        ...usesOf(resource, before, after),
        ...promisesOf(resource, { before, after }, caller.invocation),
      ];
      return { writes, result: await withWarnings(ports, resource, after) };
    },
    caller,
  );

/** The record with the patch on it; the whole is checked again as if it were new. */
const merged = <R extends RecordOfResource>(
  resource: Resource<R>,
  before: R,
  { patch, invocation }: { patch: object; invocation: Invocation },
): R => {
  const fields = Object.keys(resource.body.shape);
  const body = Object.fromEntries(Object.entries(before).filter(([name]) => fields.includes(name)));
  const fixed = (resource.fixed ?? []).map((name) => [
    name,
    z.literal(String(before[name]), 'cannot be changed: create a new one instead'),
  ]);
  const schema = fixed.length > 0 ? resource.body.extend(Object.fromEntries(fixed)) : resource.body;
  const { removing: _, ...kept } = before;
  const without = Object.fromEntries(Object.entries(kept).filter(([name]) => !fields.includes(name)));
  const after = resource.record.parse({
    ...without,
    ...parse(schema, mergePatch(body, patch), 'body'),
    version: before.version + 1,
    updatedAt: invocation.now,
  });
  return { ...after, ...resource.derived?.(before, after) };
};

/** @throws Refused `stale` when the caller has seen another version than this. */
export const requireVersion = ({ version }: { version: number }, ifMatch: number | undefined): void => {
  if (ifMatch !== undefined && ifMatch !== version)
    throw new Refused('stale', `This record has changed (now version ${version}). Fetch it again and retry.`);
};
