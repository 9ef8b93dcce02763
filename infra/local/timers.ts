import { epoch, type Instant } from '../../shared/domain/time.ts';
import type { MachineClock } from './clock.ts';

/** Farther ahead than this a timer is not waited for: each sweep, half of this apart, looks again. Milliseconds. */
export const HORIZON = 20_000;
/** A wait may end a little early by the clock. Milliseconds. */
const SLACK = 2;

export interface Timers {
  arm(timer: { id: string; dueAt: Instant }): void;
  /** Resolves when none is being fired. */
  settled(): Promise<void>;
  stop(): void;
}

/** Wakes timers in the process. Each wait is a convenience: what is lost with the process, the sweep finds. */
export const openTimers = (
  clock: MachineClock,
  fire: (event: { timerId: string }) => Promise<unknown>,
): Timers => {
  const waits = new Map<string, NodeJS.Timeout>();
  const firing = new Set<Promise<unknown>>();
  const wake = (timerId: string): void => {
    waits.delete(timerId);
    // The function logs what fails, and the sweep makes good.
    const fired = fire({ timerId }).catch(() => {});
    firing.add(fired);
    void fired.then(() => firing.delete(fired));
  };
  return {
    arm: ({ id, dueAt }) => {
      const left = Math.max(0, epoch(dueAt) - epoch(clock.now()));
      if (!clock.runs || left > HORIZON || waits.has(id)) return;
      waits.set(id, setTimeout(wake, left + SLACK, id));
    },
    settled: async () => void (await Promise.all(firing)),
    stop: () => {
      for (const wait of waits.values()) clearTimeout(wait);
      waits.clear();
    },
  };
};
