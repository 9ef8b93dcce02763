import type { Kind, RecordOf, Ref } from '../domain/records.ts';
import { epoch } from '../domain/time.ts';
import type { Ports } from './ports.ts';
import type { Store, Write } from './store-port.ts';

/** How long a process may page by what it read of the directory before. Milliseconds. */
const FRESH_FOR = 10_000;
const MOST_REMEMBERED = 5000;

interface Remembered {
  record: RecordOf<Kind>;
  until: number;
}
const memories = new WeakMap<Store, Map<string, Remembered>>();

const memoryOf = (store: Store): Map<string, Remembered> => {
  const known = memories.get(store) ?? new Map<string, Remembered>();
  memories.set(store, known);
  return known;
};

type Directory = 'client' | 'service' | 'person' | 'escalation-policy' | 'schedule';

/**
 * Directory records, remembered for 10 seconds, so that opening an incident in a storm does not read the same
 * people over and over. What this very process writes it forgets at once. Missing ones are left out.
 */
export const recall = async <K extends Directory>(
  ports: Ports,
  refs: { kind: K; id: string }[],
): Promise<Map<string, RecordOf<K>>> => {
  const memory = memoryOf(ports.store);
  const now = epoch(ports.clock.now());
  const unique = [...new Map(refs.map((ref) => [ref.id, ref])).values()];
  const missing = unique.filter(({ id }) => (memory.get(id)?.until ?? 0) <= now);
  const read = missing.length > 0 ? await ports.store.getMany(missing as unknown as Ref<K>[]) : [];
  if (memory.size > MOST_REMEMBERED) memory.clear();
  for (const record of read as (RecordOf<K> & { id: string })[])
    memory.set(record.id, { record, until: now + FRESH_FOR });
  const gone = missing.filter(({ id }) => (memory.get(id)?.until ?? 0) <= now);
  for (const { id } of gone) memory.delete(id);
  return new Map(unique.flatMap(({ id }) => entryOf<K>(memory, id)));
};

const entryOf = <K extends Directory>(
  memory: Map<string, Remembered>,
  id: string,
): [string, RecordOf<K>][] => {
  const found = memory.get(id);
  return found ? [[id, found.record as RecordOf<K>]] : [];
};

/** Forgets what has just been written. */
export const forget = (ports: Ports, writes: Write[]): void => {
  const memory = memories.get(ports.store);
  if (!memory) return;
  for (const write of writes) {
    const named = 'put' in write ? write.put : 'remove' in write ? write.remove : undefined;
    if (named && 'id' in named) memory.delete(named.id);
  }
};
