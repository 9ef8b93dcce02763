import * as z from 'zod';
import { authorise } from '../../domain/directory/access.ts';
import { type Draw, derive } from '../../domain/id.ts';
import { parse } from '../../domain/parse.ts';
import type { RecordOf, Ref, StoredRecord } from '../../domain/records.ts';
import { Refused } from '../../domain/refused.ts';
import type { Caller } from '../caller.ts';
import { decideAgain } from '../commit.ts';
import { promiseWrites } from '../plan-writes.ts';
import type { Ports } from '../ports.ts';
import type { Write } from '../store-port.ts';
import { mergePatch } from './merge-patch.ts';
import type { Named, Noun, NounKind } from './noun.ts';
import { addedReferences, insistOnReferences, usesOf } from './references.ts';

/** A caller and the version that they have seen. */
export type Writer = Caller & { ifMatch?: number | undefined };

/** A record, with what its keeper should know about it. */
export type Kept<K extends NounKind> = RecordOf<K> & { warnings: string[] };

/** Which record is wanted, by whom, and for what. */
export interface Wanted {
  id: string;
  principal: Caller['principal'];
  role: 'read' | 'admin';
}

const isNotFound = (error: unknown): boolean => error instanceof Refused && error.code === 'not-found';

const withWarnings = async <K extends NounKind>(
  ports: Ports,
  noun: Noun<K>,
  record: RecordOf<K>,
): Promise<Kept<K>> => ({
  ...record,
  warnings: (await noun.warnings?.(ports, record)) ?? [],
});

/**
 * The record, for whoever holds the role on the client that it belongs to.
 * @throws Refused `not-found` in the very same words for what is not here and for what is another client's.
 */
export const find = async <K extends NounKind>(
  ports: Ports,
  noun: Noun<K>,
  { id, principal, role }: Wanted,
): Promise<Named<K>> => {
  const alsoReadBy = role === 'read' ? noun.alsoReadBy : undefined;
  if (noun.ofInstallation && !alsoReadBy) authorise(principal, role, '*');
  const missing = new Refused('not-found', `There is no such ${noun.called}.`);
  const record = (await ports.store.get({ kind: noun.kind, id } as unknown as Ref<K>)) as
    | Named<K>
    | undefined;
  if (!record) throw missing;
  if (await alsoReadBy?.(ports, principal, record)) return record;
  try {
    authorise(principal, role, noun.clientOf(record));
  } catch (error) {
    throw alsoReadBy || isNotFound(error) ? missing : error;
  }
  return record;
};

/** A new record of the noun, as a decision makes it. */
export const draft = <K extends NounKind>(noun: Noun<K>, body: object, draw: Draw): Named<K> => {
  const record = {
    kind: noun.kind,
    id: derive(noun.prefix, draw, noun.kind),
    version: 1,
    createdAt: draw.now,
    updatedAt: draw.now,
    ...body,
  } as unknown as Named<K>;
  return { ...record, ...noun.derived?.(undefined, record) };
};

/** What the noun promises with the change: a notice once, a timer whenever it is promised. */
const promisesOf = <K extends NounKind>(
  noun: Noun<K>,
  { before, after }: { before?: Named<K>; after: Named<K> },
  draw: Draw,
): Write[] => promiseWrites({ promises: noun.promises?.(before, after, draw) ?? [] });

/** Makes a record; `also` is written with it. Everything that it refers to has to be there, and stays while it does. */
export const create = async <K extends NounKind>(
  ports: Ports,
  caller: Caller,
  { noun, record, also = [] }: { noun: Noun<K>; record: Named<K>; also?: Write[] },
): Promise<Kept<K>> => {
  await authoriseMaking(ports, caller, { noun, record });
  return decideAgain(
    ports,
    async () => {
      await insistOnReferences(ports, caller, noun.references(record));
      const made: Write = { put: record as unknown as StoredRecord, guard: 'new' };
      return {
        writes: [
          made,
          ...usesOf(noun, undefined, record),
          ...promisesOf(noun, { after: record }, caller.draw),
          ...also,
        ],
        result: await withWarnings(ports, noun, record),
      };
    },
    caller,
  );
};

/** Whoever makes it for a client that they may not see hears that the client is not here, as of any wrong reference. */
export const authoriseMaking = async <K extends NounKind>(
  ports: Ports,
  caller: Caller,
  { noun, record }: { noun: Noun<K>; record: Named<K> },
): Promise<void> => {
  try {
    authorise(caller.principal, 'admin', noun.kind === 'client' ? '*' : noun.clientOf(record));
  } catch (error) {
    if (isNotFound(error)) await insistOnReferences(ports, caller, noun.references(record));
    throw error;
  }
};

export const read = async <K extends NounKind>(
  ports: Ports,
  { principal }: Caller,
  { noun, id }: { noun: Noun<K>; id: string },
): Promise<Kept<K>> => withWarnings(ports, noun, await find(ports, noun, { id, principal, role: 'read' }));

/** Changes a record by a merge patch. A removal that was cut off is over with it: the record stays. */
export const change = async <K extends NounKind>(
  ports: Ports,
  caller: Writer,
  { noun, id, patch }: { noun: Noun<K>; id: string; patch: object },
): Promise<Kept<K>> =>
  decideAgain(
    ports,
    async () => {
      const before = await find(ports, noun, { id, principal: caller.principal, role: 'admin' });
      insistOnVersion(before, caller.ifMatch);
      const after = merged(noun, before, { patch, draw: caller.draw });
      await insistOnReferences(ports, caller, addedReferences(noun, before, after));
      const writes: Write[] = [
        { put: after as unknown as StoredRecord, guard: before.version },
        ...usesOf(noun, before, after),
        ...promisesOf(noun, { before, after }, caller.draw),
      ];
      return { writes, result: await withWarnings(ports, noun, after) };
    },
    caller,
  );

/** The record with the patch on it; the whole is checked again as if it were new. */
const merged = <K extends NounKind>(
  noun: Noun<K>,
  before: Named<K>,
  { patch, draw }: { patch: object; draw: Draw },
): Named<K> => {
  const fields = Object.keys(noun.body.shape);
  const body = Object.fromEntries(Object.entries(before).filter(([name]) => fields.includes(name)));
  const fixed = (noun.fixed ?? []).map((name) => [
    name,
    z.literal(String(before[name]), 'cannot be changed: make another one instead'),
  ]);
  const schema = fixed.length > 0 ? noun.body.extend(Object.fromEntries(fixed)) : noun.body;
  const { removing: _, ...kept } = before;
  const without = Object.fromEntries(Object.entries(kept).filter(([name]) => !fields.includes(name)));
  const after = {
    ...without,
    ...parse(schema, mergePatch(body, patch), 'body'),
    version: before.version + 1,
    updatedAt: draw.now,
  } as unknown as Named<K>;
  return { ...after, ...noun.derived?.(before, after) };
};

/** @throws Refused `stale` when the caller has seen another version than this. */
export const insistOnVersion = ({ version }: { version: number }, ifMatch: number | undefined): void => {
  if (ifMatch !== undefined && ifMatch !== version)
    throw new Refused('stale', `It is at version ${version} by now. Read it again.`);
};
