import type { Kind, List, ListedKind, RecordOf, Ref, StoredRecord } from '../../shared/domain/records.ts';
import { after, epoch } from '../../shared/domain/time.ts';
import { duePartition, indexKeysOf, keyOf } from '../../shared/store/keys.ts';
import { type ListPlace, placeOf } from '../../shared/store/list-keys.ts';
import type { Due, Guard, Rank, Store, Write } from '../../shared/workflow/engine/store-port.ts';

/** What is in the table, by key. A table is never changed in place, so that a copy costs nothing. */
export type Table = ReadonlyMap<string, StoredRecord>;

/** The store's promises without the engine: one call is one moment, nothing fails, indexes never lag. */
export interface MemoryStore extends Store {
  table(): Table;
  /** All records of a kind. */
  all<K extends Kind>(kind: K): RecordOf<K>[];
}

type Claimed = RecordOf<'page'> | RecordOf<'notice'> | RecordOf<'effect'>;

const nameOf = <K extends Kind>(ref: Ref<K>): string => {
  const { pk, sk } = keyOf(ref);
  return `${pk}\t${sk}`;
};

const copy = <T>(record: T): T => JSON.parse(JSON.stringify(record)) as T;

const holds = (guard: Guard | undefined, there: StoredRecord | undefined): boolean => {
  if (guard === undefined) return true;
  if (guard === 'new') return there === undefined;
  if (guard === 'present') return there !== undefined;
  return (there as { version?: number } | undefined)?.version === guard;
};

const refOf = (write: Write): Ref =>
  'put' in write ? write.put : 'remove' in write ? write.remove : write.check;

/** Where a record stands on a list, or undefined where it does not. */
const placeOn = (place: ListPlace, record: StoredRecord): string | undefined => {
  const keys = { ...(place.index ? indexKeysOf(record) : keyOf(record)) } as Record<
    string,
    string | undefined
  >;
  const [pk, sk] = place.index ? [keys[`${place.index}pk`], keys[`${place.index}sk`]] : [keys.pk, keys.sk];
  if (pk !== place.pk || sk === undefined || !sk.startsWith(place.prefix ?? '')) return undefined;
  const [from, to] = place.between ?? ['', '\u{10ffff}'];
  return sk >= from && sk <= to ? sk : undefined;
};

const RANKS: Rank[] = ['page-sev1', 'page-sev2', 'page-other', 'timer', 'effect', 'notice', 'background'];

const rankOf = (record: StoredRecord): string | undefined =>
  RANKS.find((rank) => indexKeysOf(record).duepk?.startsWith(duePartition(rank, 0).slice(0, -1)));

export const memoryStore = (
  from: Table = new Map(),
  { afterCommit }: { afterCommit?: (written: StoredRecord[]) => void } = {},
): MemoryStore => {
  const table = new Map(from);
  const counters = new Map<string, number>();
  const read = <K extends Kind>(ref: Ref<K>) => {
    const found = table.get(nameOf(ref));
    return found && (copy(found) as RecordOf<K>);
  };
  const on = <K extends ListedKind>(list: List<K>): [string, RecordOf<K>][] =>
    [...table.values()].flatMap((record) => {
      const at = record.kind === list.of ? placeOn(placeOf(list as List), record) : undefined;
      return at === undefined ? [] : [[at, copy(record) as RecordOf<K>]];
    });
  return {
    table: () => new Map(table),
    all: <K extends Kind>(kind: K) =>
      [...table.values()].filter((record) => record.kind === kind).map(copy) as RecordOf<K>[],
    get: async (ref) => read(ref),
    getMany: async (refs) => refs.flatMap((ref) => read(ref) ?? []),
    list: async (list, { limit, cursor, reversed = false, where = {} }) => {
      const descending = placeOf(list as List).newestFirst !== reversed;
      const found = on(list).sort(([one], [other]) => (one < other === descending ? 1 : -1));
      const start = Number(cursor ?? 0);
      const items = found.slice(start, start + limit).map(([, record]) => record);
      const fits = (record: object): boolean =>
        Object.entries(where).every(([field, wanted]) =>
          wanted.includes(String((record as Record<string, unknown>)[field])),
        );
      const end = start + limit;
      return { items: items.filter(fits), next: end < found.length ? String(end) : null };
    },
    nextNumber: async (counter, { by = 1 } = {}) => {
      counters.set(counter, (counters.get(counter) ?? 0) + by);
      return counters.get(counter) ?? 0;
    },
    commit: async (writes) => {
      const names = writes.map((write) => nameOf(refOf(write)));
      if (new Set(names).size < names.length) throw new Error('One item twice in a transaction.');
      if (!writes.every((write) => holds(write.guard, table.get(nameOf(refOf(write)))))) return 'lost';
      for (const write of writes) {
        if ('put' in write) table.set(nameOf(write.put), copy(write.put));
        if ('remove' in write) table.delete(nameOf(write.remove));
      }
      afterCommit?.(writes.flatMap((write) => ('put' in write ? [copy(write.put)] : [])));
      return 'committed';
    },
    claim: async (ref, now) => {
      const there = read(ref as Ref<'page'>) as Claimed | undefined;
      if (!there?.dueAt || there.dueAt > now) return undefined;
      if (there.kind !== 'effect' && !['promised', 'failed', 'claimed'].includes(there.state))
        return undefined;
      const claimed = { ...there, attempts: there.attempts + 1, dueAt: after(now, 'PT30S') } as Claimed;
      if (claimed.kind !== 'effect')
        Object.assign(claimed, { state: 'claimed', version: (claimed.version ?? 0) + 1 });
      table.set(nameOf(claimed), claimed);
      return copy(claimed);
    },
    due: async (rank, { now, oldestFirst, limit }) => {
      const found = [...table.values()].flatMap((record): Due[] =>
        'dueAt' in record && String(record.dueAt) <= now && rankOf(record) === rank
          ? [{ ref: copy(record) as Due['ref'], dueAt: String((record as Claimed).dueAt) }]
          : [],
      );
      found.sort((one, other) => (one.dueAt < other.dueAt === oldestFirst ? -1 : 1));
      return found.slice(0, limit);
    },
    forgetExpired: async () => {},
    countRepeat: async (alertId, now) => {
      const alert = read({ kind: 'alert', id: alertId });
      if (!alert || epoch(now) - epoch(alert.lastAt) < 1000) return;
      table.set(nameOf(alert), { ...alert, count: alert.count + 1, lastAt: now });
    },
  };
};
