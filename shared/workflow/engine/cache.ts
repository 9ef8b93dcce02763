import type { Kind, RecordOf, Ref } from '../../domain/records.ts';
import { Refused } from '../../domain/refused.ts';
import { epoch } from '../../domain/time.ts';
import type { Ports } from './ports.ts';
import type { Store, Write } from './store-port.ts';

/** How long a process may page by what it read of the directory before. Milliseconds. */
const FRESH_FOR = 10_000;
const MOST_REMEMBERED = 5000;

interface Remembered {
  record: RecordOf<Kind>;
  until: number;
}

/** What one process remembers of one store, and how often it has forgotten something. */
interface Memory {
  records: Map<string, Remembered>;
  forgotten: number;
}
const memories = new WeakMap<Store, Memory>();

const memoryOf = (store: Store): Memory => {
  const known = memories.get(store) ?? { records: new Map<string, Remembered>(), forgotten: 0 };
  memories.set(store, known);
  return known;
};

type Directory = 'client' | 'service' | 'person' | 'escalation-policy' | 'schedule';
type Named<K extends Directory> = RecordOf<K> & { id: string };

/**
 * Directory records, remembered for 10 seconds, so that opening an incident in a storm does not read the same
 * people over and over. What this very process writes it forgets at once. Missing ones are left out, and so are
 * people, schedules and policies that cannot be read, with an alarm: somebody else is paged then. A service or a
 * client that cannot be read is our own fault, and the alert comes again.
 */
export const cachedGet = async <K extends Directory>(
  ports: Ports,
  refs: { kind: K; id: string }[],
): Promise<Map<string, RecordOf<K>>> => {
  const memory = memoryOf(ports.store);
  const now = epoch(ports.clock.now());
  const found = new Map<string, RecordOf<K>>();
  const missing = new Map<string, Ref<K>>();
  for (const ref of refs) {
    const known = memory.records.get(ref.id);
    if (known && known.until > now) found.set(ref.id, known.record as RecordOf<K>);
    else missing.set(ref.id, ref as unknown as Ref<K>);
  }
  if (missing.size === 0) return found;
  const { forgotten } = memory;
  for (const record of await readable(ports, [...missing.values()])) {
    found.set((record as Named<K>).id, record);
    // What was written while it was read may be newer than what was read.
    if (memory.forgotten === forgotten) remember(memory, record as Named<K>, now);
  }
  return found;
};

const remember = <K extends Directory>({ records }: Memory, record: Named<K>, now: number): void => {
  const [oldest] = records.size < MOST_REMEMBERED ? [] : records.keys();
  if (oldest !== undefined) records.delete(oldest);
  records.delete(record.id);
  records.set(record.id, { record, until: now + FRESH_FOR });
};

const SPARED: Directory[] = ['person', 'schedule', 'escalation-policy'];

const readable = async <K extends Directory>(ports: Ports, refs: Ref<K>[]): Promise<RecordOf<K>[]> => {
  try {
    return await ports.store.getMany(refs);
  } catch (error) {
    if (error instanceof Refused || !refs.every(({ kind }) => SPARED.includes(kind))) throw error;
    return oneByOne(ports, refs);
  }
};

const oneByOne = async <K extends Directory>(ports: Ports, refs: Ref<K>[]): Promise<RecordOf<K>[]> => {
  const read = await Promise.allSettled(refs.map((ref) => ports.store.get(ref)));
  return read.flatMap((each) => {
    if (each.status === 'fulfilled') return each.value ?? [];
    if (each.reason instanceof Refused) throw each.reason;
    ports.telemetry.alarm('unreadable-record', each.reason);
    return [];
  });
};

/** Forgets what has just been written. */
export const invalidate = (ports: Ports, writes: Write[]): void => {
  const memory = memories.get(ports.store);
  if (!memory) return;
  for (const write of writes) {
    const named = 'put' in write ? write.put : 'remove' in write ? write.remove : undefined;
    if (!named || !('id' in named)) continue;
    memory.records.delete(named.id);
    memory.forgotten += 1;
  }
};
