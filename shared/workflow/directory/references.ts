import { readableClients } from '../../domain/directory/access.ts';
import { invalid } from '../../domain/parse.ts';
import type { Ref } from '../../domain/records.ts';
import type { Problem } from '../../domain/refused.ts';
import { clientOf, type Reference, type Resource } from '../../domain/resource.ts';
import {
  isResourceKind,
  RESOURCES,
  type RecordOfResource,
  type ResourceKind,
} from '../../domain/resources.ts';
import type { Caller } from '../engine/caller.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';

const named = ({ kind, id }: { kind: string; id: string }): string => `${kind}/${id}`;

const unique = (references: Reference[]): Reference[] => [
  ...new Map(references.map((reference) => [named(reference), reference])).values(),
];

const refsOf = (references: Reference[]): Ref<ResourceKind>[] =>
  unique(references).flatMap(({ kind, id }) => (isResourceKind(kind) ? [{ kind, id }] : []));

/** @throws Refused `invalid` that names every reference to what is not here, is going, or is another client's. */
export const requireReferences = async (
  ports: Ports,
  { principal }: Pick<Caller, 'principal'>,
  references: Reference[],
): Promise<void> => {
  const readable = readableClients(principal);
  const isReadable = (record: RecordOfResource): boolean => {
    const owner = clientOf(RESOURCES[record.kind], record);
    return readable === '*' || owner === '*' || readable.includes(owner);
  };
  const records = await ports.store.getMany(refsOf(references));
  const found = new Map(records.filter(isReadable).map((record) => [named(record), record]));
  const problems = references.flatMap((reference) => problemWith(reference, found.get(named(reference))));
  if (problems.length > 0) throw invalid(problems);
};

const problemWith = ({ kind, path }: Reference, found: RecordOfResource | undefined): Problem[] => {
  const called = isResourceKind(kind) ? RESOURCES[kind].called : kind;
  if (!found) return [{ path, message: `must name an existing ${called}` }];
  return found.removing ? [{ path, message: `this ${called} is being removed` }] : [];
};

/** The mark on what a record uses: while it is there, the used one stays. */
const mark = (user: RecordOfResource, { id }: Reference): Write => ({
  put: { kind: 'use', usedId: id, userKind: user.kind, userId: user.id, userName: user.name },
});

const unmark = (user: RecordOfResource, { id }: Reference): Write => ({
  remove: { kind: 'use', usedId: id, userKind: user.kind, userId: user.id },
});

/** That a record begins to use another: only while that one is there and not going. */
const begin = (user: RecordOfResource, to: Reference): Write[] => [
  ...refsOf([to]).map((check): Write => ({ check, guard: 'present' })),
  mark(user, to),
];

/** The references of `after` that `before` did not have. */
export const addedReferences = <R extends RecordOfResource>(
  resource: Resource<R>,
  before: R | undefined,
  after: R,
): Reference[] => {
  const old = new Set(before && resource.references?.(before).map(named));
  return (resource.references?.(after) ?? []).filter((reference) => !old.has(named(reference)));
};

/** What a record's references make of the marks: those that begin, those that end, and a new name on those that stay. */
export const usesOf = <R extends RecordOfResource>(
  resource: Resource<R>,
  before: R | undefined,
  after: R | undefined,
): Write[] => {
  const [old, now] = [before, after].map((record) => unique((record && resource.references?.(record)) ?? []));
  const isIn = (list: Reference[] | undefined, one: Reference) =>
    list?.some((other) => named(other) === named(one));
  const ended = before ? (old ?? []).filter((one) => !isIn(now, one)).map((one) => unmark(before, one)) : [];
  if (!after) return ended;
  const kept = before && before.name !== after.name ? (now ?? []).filter((one) => isIn(old, one)) : [];
  return [
    ...ended,
    ...kept.map((one) => mark(after, one)),
    ...(now ?? []).filter((one) => !isIn(old, one)).flatMap((one) => begin(after, one)),
  ];
};
