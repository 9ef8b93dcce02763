import { epoch, expiry } from '../../domain/time.ts';
import type { Ports } from './ports.ts';
import type { Store } from './store-port.ts';

const MINUTE = 60_000;
const MOST_KEPT = 1000;
/** A shared count is told in this many parts of the limit. */
const PARTS = 60;

/** What this process knows of one integration's minute. */
interface Count {
  minute: number;
  /** Events of this process that the shared count does not have yet. */
  untold: number;
  /** The shared count, when it was last heard. */
  shared: number;
}
const memories = new WeakMap<Store, Map<string, Count>>();

const countOf = (ports: Ports, integrationId: string, minute: number): Count => {
  const memory = memories.get(ports.store) ?? new Map<string, Count>();
  memories.set(ports.store, memory);
  const kept = memory.get(integrationId);
  if (kept?.minute === minute) return kept;
  const [oldest] = memory.keys();
  if (!kept && memory.size >= MOST_KEPT && oldest !== undefined) memory.delete(oldest);
  const count = { minute, untold: 0, shared: 0 };
  memory.set(integrationId, count);
  return count;
};

/** Adds what is untold to the shared count. Gives the count as it was before. */
const report = async (ports: Ports, integrationId: string, count: Count): Promise<number> => {
  const by = count.untold;
  count.untold = 0;
  try {
    const counter = `events#${integrationId}#${count.minute}`;
    const shared = await ports.store.nextNumber(counter, {
      by,
      expiresAt: expiry(ports.clock.now(), 'PT1H'),
    });
    count.shared = Math.max(count.shared, shared);
    return shared - by;
  } catch (error) {
    // Better too many alerts than one lost because they could not be counted.
    ports.telemetry.alarm('throttle.not-counted', error, { integrationId });
    return 0;
  }
};

/**
 * Whether an integration may send `events` more in this minute. Every process counts for itself and adds to the
 * shared count only at every sixtieth of the limit, so that an event nearly always costs no request. What gets
 * through above the limit is at most a sixtieth of it for every process, and the rest of the payload that reaches it:
 * a payload is taken or refused whole, because a sender would repeat it whole, forever.
 */
export const admits = async (ports: Ports, integrationId: string, events: number): Promise<boolean> => {
  const limit = ports.settings.eventsPerMinute;
  const count = countOf(ports, integrationId, Math.floor(epoch(ports.clock.now()) / MINUTE));
  if (count.shared >= limit) return false;
  count.untold += events;
  if (count.untold < limit / PARTS) return true;
  return (await report(ports, integrationId, count)) < limit;
};
