import { epoch, type Instant } from '../../domain/time.ts';
import type { Ports } from '../engine/ports.ts';
import type { Store } from '../engine/store-port.ts';

const SECOND = 1000;
const MOST_REMEMBERED = 10_000;
const counted = new WeakMap<Store, Map<string, number>>();

/**
 * Counts a repeat, at most once a second per alert: a process remembers which alerts it has counted, and the table's
 * own condition holds between processes. A lost count never fails the alert.
 */
export const countRepeat = async (ports: Ports, alertId: string, now: Instant): Promise<void> => {
  const times = counted.get(ports.store) ?? new Map<string, number>();
  counted.set(ports.store, times);
  if (epoch(now) - (times.get(alertId) ?? 0) < SECOND) return;
  if (times.size >= MOST_REMEMBERED) times.clear();
  times.set(alertId, epoch(now));
  try {
    await ports.store.countRepeat(alertId, now);
  } catch (error) {
    ports.telemetry.alarm('repeat-not-counted', error, { alertId });
  }
};
