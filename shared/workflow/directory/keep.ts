import { authorise, readableClients } from '../../domain/directory/access.ts';
import { type Draw, derive } from '../../domain/id.ts';
import type { RecordOf, Ref, StoredRecord } from '../../domain/records.ts';
import { type Problem, Refused } from '../../domain/refused.ts';
import type { Caller } from '../caller.ts';
import { decideAgain } from '../commit.ts';
import { clientsFor, newestFirst } from '../newest-first.ts';
import type { Ports } from '../ports.ts';
import type { Page, Write } from '../store-port.ts';
import type { Named, Noun, NounKind, Reference } from './noun.ts';

/** A caller and the version that they have seen. */
export type Writer = Caller & { ifMatch?: number | undefined };

/** A record, with what its keeper should know about it. */
export type Kept<K extends NounKind> = RecordOf<K> & { warnings: string[] };

const missing = (called: string) => new Refused('not-found', `There is no such ${called}.`);

const withWarnings = async <K extends NounKind>(
  ports: Ports,
  noun: Noun<K>,
  record: RecordOf<K>,
): Promise<Kept<K>> => ({
  ...record,
  warnings: (await noun.warnings?.(ports, record)) ?? [],
});

/** Whether the noun belongs to no client, whichever record it is. */
const ofInstallation = <K extends NounKind>(noun: Noun<K>): boolean =>
  noun.clientOf({ id: 'one', clientId: 'one' } as unknown as RecordOf<K>) === '*';

/** The record, for whoever holds the role on the client that it belongs to. */
export const find = async <K extends NounKind>(
  ports: Ports,
  noun: Noun<K>,
  { id, principal, role }: { id: string; principal: Caller['principal']; role: 'read' | 'admin' },
): Promise<Named<K>> => {
  const record = (await ports.store.get({ kind: noun.kind, id } as unknown as Ref<K>)) as
    | Named<K>
    | undefined;
  if (!record) {
    if (ofInstallation(noun)) authorise(principal, role, '*');
    throw missing(noun.called);
  }
  authorise(principal, role, noun.clientOf(record));
  return record;
};

/** A new record of the noun, as a decision makes it. */
export const draft = <K extends NounKind>(noun: Noun<K>, body: object, draw: Draw): Named<K> =>
  ({
    kind: noun.kind,
    id: derive(noun.prefix, draw, noun.kind),
    version: 1,
    createdAt: draw.now,
    updatedAt: draw.now,
    ...body,
  }) as unknown as Named<K>;

/** Makes a record; `also` is written with it. Everything that it refers to has to be there, and stays while it does. */
export const create = async <K extends NounKind>(
  ports: Ports,
  caller: Caller,
  { noun, record, also = [] }: { noun: Noun<K>; record: Named<K>; also?: Write[] },
): Promise<Kept<K>> => {
  authoriseMaking(noun, caller, record);
  return decideAgain(
    ports,
    async () => {
      const references = unique(noun.references(record));
      await insistOnReferences(ports, caller, noun.references(record));
      const writes = [...references.flatMap((to) => usesOf(noun, record, to)), ...also];
      return {
        writes: [{ put: record as unknown as StoredRecord, guard: 'new' as const }, ...writes],
        result: await withWarnings(ports, noun, record),
      };
    },
    caller,
  );
};

/** Whose client it would be for is told that the client is not here, as any other wrong reference. */
const authoriseMaking = <K extends NounKind>(
  noun: Noun<K>,
  { principal }: Caller,
  record: RecordOf<K>,
): void => {
  const clientId = noun.kind === 'client' ? '*' : noun.clientOf(record);
  try {
    authorise(principal, 'admin', clientId);
  } catch (error) {
    if (error instanceof Refused && error.code === 'not-found')
      throw wrong([notHere('client', 'body.clientId')]);
    throw error;
  }
};

export const read = async <K extends NounKind>(
  ports: Ports,
  { principal }: Caller,
  { noun, id }: { noun: Noun<K>; id: string },
): Promise<Kept<K>> => withWarnings(ports, noun, await find(ports, noun, { id, principal, role: 'read' }));

/** Changes a record by a merge patch (RFC 7396): what is not named stays, `null` takes away. */
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
      authorise(caller.principal, 'admin', noun.clientOf(after));
      await insistOnReferences(ports, caller, noun.references(after));
      const writes: Write[] = [
        { put: after as unknown as StoredRecord, guard: before.version },
        ...changedUses(noun, before, after),
      ];
      return { writes, result: await withWarnings(ports, noun, after) };
    },
    caller,
  );

const merged = <K extends NounKind>(
  noun: Noun<K>,
  before: Named<K>,
  { patch, draw }: { patch: object; draw: Draw },
): Named<K> => {
  const fields = Object.keys(noun.body.shape);
  const body = Object.fromEntries(Object.entries(before).filter(([name]) => fields.includes(name)));
  const parsed = noun.body.safeParse(mergePatch(body, patch));
  if (!parsed.success)
    throw wrong(parsed.error.issues.map((issue) => ({ path: pathOf(issue), message: issue.message })));
  const { removing: _, ...kept } = before as Named<K> & { removing?: boolean };
  return { ...kept, ...parsed.data, version: before.version + 1, updatedAt: draw.now } as unknown as Named<K>;
};

interface Issue {
  path: PropertyKey[];
  keys?: string[];
}
const pathOf = (issue: Issue): string => {
  const keys = 'keys' in issue && issue.keys?.[0] ? [...issue.path, issue.keys[0]] : issue.path;
  return keys.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : `${path}.${String(key)}`),
    'body',
  );
};

/** RFC 7396. Lists are replaced whole. */
const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const base = typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {};
  const result = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, mergePatch(result.get(name), value));
  }
  return Object.fromEntries(result);
};

export const insistOnVersion = ({ version }: { version: number }, ifMatch: number | undefined): void => {
  if (ifMatch !== undefined && ifMatch !== version)
    throw new Refused('stale', `It is at version ${version} by now. Read it again.`);
};

/** A page of the noun's records that the caller may read. */
export const list = async <K extends NounKind>(
  ports: Ports,
  { principal }: Caller,
  {
    noun,
    ...query
  }: { noun: Noun<K>; limit: number; cursor?: string | undefined; clientId?: string | undefined },
): Promise<Page<RecordOf<K>>> => {
  const { kind } = noun;
  if (kind === 'service' || kind === 'integration') {
    const clients = await clientsFor(ports, principal, query.clientId);
    const lists = (before: string | undefined) =>
      clients.map((clientId) => ({ of: kind as 'service', clientId, ...(before ? { before } : {}) }));
    return (await newestFirst<'service'>(ports, { lists, ...query })) as unknown as Page<RecordOf<K>>;
  }
  const readable = readableClients(principal);
  if (kind === 'client' && readable !== '*') return ownClients(ports, readable) as Promise<Page<RecordOf<K>>>;
  authorise(principal, 'read', '*');
  return ports.store.list({ of: kind as 'person' }, query) as unknown as Promise<Page<RecordOf<K>>>;
};

const ownClients = async (ports: Ports, ids: string[]): Promise<Page<unknown>> => ({
  items: await ports.store.getMany(ids.map((id) => ({ kind: 'client' as const, id }))),
  next: null,
});

const wrong = (problems: Problem[]): Refused =>
  new Refused('invalid', 'The request cannot be taken as it is.', problems);

const notHere = (called: string, path: string): Problem => ({ path, message: `there is no such ${called}` });

const CALLED: Partial<Record<NounKind, string>> = {
  'escalation-policy': 'escalation policy',
  'api-key': 'API key',
};

/** @throws Refused `invalid` that names every reference to what is not here, or is another client's. */
export const insistOnReferences = async (
  ports: Ports,
  { principal }: Caller,
  references: Reference[],
): Promise<void> => {
  const wanted = unique(references);
  const found = await Promise.all(
    wanted.map(({ kind, id }) => ports.store.get({ kind, id } as Ref<'person'>)),
  );
  const readable = readableClients(principal);
  const there = new Set(
    (found as ({ kind: NounKind; id: string; clientId?: string } | undefined)[]).flatMap((record) => {
      if (!record) return [];
      const clientId = record.kind === 'client' ? record.id : record.clientId;
      return readable === '*' || clientId === undefined || readable.includes(clientId) ? [record.id] : [];
    }),
  );
  const problems = references
    .filter(({ id }) => !there.has(id))
    .map(({ kind, path }) => notHere(CALLED[kind] ?? kind, path));
  if (problems.length > 0) throw wrong(problems);
};

const unique = (references: Reference[]): Reference[] => [
  ...new Map(references.map((reference) => [reference.id, reference])).values(),
];

/** That `record` uses another: the mark on the other, and that the other is there and stays. */
const usesOf = <K extends NounKind>(noun: Noun<K>, record: Named<K>, { kind, id }: Reference): Write[] => [
  { check: { kind, id } as Ref<'person'>, guard: 'present' },
  { put: { kind: 'use', usedId: id, userKind: noun.kind, userId: record.id, userName: record.name } },
];

const changedUses = <K extends NounKind>(noun: Noun<K>, before: Named<K>, after: Named<K>): Write[] => {
  const [old, now] = [unique(noun.references(before)), unique(noun.references(after))];
  const renamed = before.name !== after.name;
  const gone = old.filter(({ id }) => !now.some((reference) => reference.id === id));
  const added = now.filter(({ id }) => renamed || !old.some((reference) => reference.id === id));
  return [
    ...gone.map(
      ({ id }): Write => ({ remove: { kind: 'use', usedId: id, userKind: noun.kind, userId: before.id } }),
    ),
    ...added.flatMap((to) => usesOf(noun, after, to)),
  ];
};
