import { readableClients } from '../../domain/directory/access.ts';
import { invalid } from '../../domain/parse.ts';
import type { Ref } from '../../domain/records.ts';
import type { Problem } from '../../domain/refused.ts';
import type { Caller } from '../engine/caller.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import type { Named, Reference, Resource, ResourceKind } from './resource.ts';

const CALLED: Partial<Record<ResourceKind, string>> = { 'escalation-policy': 'escalation policy' };

const named = ({ kind, id }: { kind: string; id: string }): string => `${kind}/${id}`;

const unique = (references: Reference[]): Reference[] => [
  ...new Map(references.map((reference) => [named(reference), reference])).values(),
];

const refOf = ({ kind, id }: Reference) => ({ kind, id }) as Ref<ResourceKind>;

type Found = Pick<Named<ResourceKind>, 'kind' | 'id' | 'removing'> & { clientId?: unknown };

/** @throws Refused `invalid` that names every reference to what is not here, is going, or is another client's. */
export const requireReferences = async (
  ports: Ports,
  { principal }: Pick<Caller, 'principal'>,
  references: Reference[],
): Promise<void> => {
  const readable = readableClients(principal);
  const isReadable = ({ kind, id, clientId }: Found): boolean => {
    const owner = kind === 'client' ? id : clientId;
    return readable === '*' || typeof owner !== 'string' || readable.includes(owner);
  };
  const records = (await ports.store.getMany(unique(references).map(refOf))) as Found[];
  const found = new Map(records.filter(isReadable).map((record) => [named(record), record]));
  const problems = references.flatMap((reference) => problemWith(reference, found.get(named(reference))));
  if (problems.length > 0) throw invalid(problems);
};

const problemWith = ({ kind, path }: Reference, found: Found | undefined): Problem[] => {
  const called = CALLED[kind] ?? kind;
  if (!found) return [{ path, message: `there is no such ${called}` }];
  return found.removing ? [{ path, message: `this ${called} is being removed` }] : [];
};

/** The mark on what a record uses: while it is there, the used one stays. */
const mark = (resource: Resource<ResourceKind>, user: Named<ResourceKind>, { id }: Reference): Write => ({
  put: { kind: 'use', usedId: id, userKind: resource.kind, userId: user.id, userName: user.name },
});

const unmark = (resource: Resource<ResourceKind>, user: Named<ResourceKind>, { id }: Reference): Write => ({
  remove: { kind: 'use', usedId: id, userKind: resource.kind, userId: user.id },
});

/** That a record begins to use another: only while that one is there and not going. */
const begin = (resource: Resource<ResourceKind>, user: Named<ResourceKind>, to: Reference): Write[] => [
  { check: refOf(to), guard: 'present' },
  mark(resource, user, to),
];

/** The references of `after` that `before` did not have. */
export const addedReferences = <K extends ResourceKind>(
  resource: Resource<K>,
  before: Named<K> | undefined,
  after: Named<K>,
): Reference[] => {
  const old = new Set(before && resource.references(before).map(named));
  return resource.references(after).filter((reference) => !old.has(named(reference)));
};

/** What a record's references make of the marks: those that begin, those that end, and a new name on those that stay. */
export const usesOf = <K extends ResourceKind>(
  resource: Resource<K>,
  before: Named<K> | undefined,
  after: Named<K> | undefined,
): Write[] => {
  const [old, now] = [before, after].map((record) => unique(record ? resource.references(record) : []));
  const of = resource as unknown as Resource<ResourceKind>;
  const isIn = (list: Reference[] | undefined, one: Reference) =>
    list?.some((other) => named(other) === named(one));
  const ended = before
    ? (old ?? []).filter((one) => !isIn(now, one)).map((one) => unmark(of, before, one))
    : [];
  if (!after) return ended;
  const kept = before && before.name !== after.name ? (now ?? []).filter((one) => isIn(old, one)) : [];
  return [
    ...ended,
    ...kept.map((one) => mark(of, after, one)),
    ...(now ?? []).filter((one) => !isIn(old, one)).flatMap((one) => begin(of, after, one)),
  ];
};
