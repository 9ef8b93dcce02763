import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { epoch, type Instant, instant } from '../../shared/domain/time.ts';
import type { Clock } from '../../shared/workflow/engine/ports.ts';
import { readKept, writeKept } from './folder.ts';

const StoredView = z.object({ offset: z.number().int().min(0) });

export interface MachineClock extends Clock {
  /** Goes forward to an instant, and remembers over a restart; never backward. */
  moveTo(at: Instant): void;
  /** Whether real time moves it too. */
  runs: boolean;
}

/**
 * This machine's clock: real time, and how far it was pushed ahead. With `standsAt` it starts there and moves only
 * when it is pushed: for stories that need every minute to be told.
 */
export const openClock = (folder: string, standsAt?: Instant): MachineClock => {
  const file = join(folder, 'clock.json');
  let offset = readKept(file, StoredView)?.offset ?? 0;
  const base = (): number => (standsAt ? epoch(standsAt) : Date.now());
  return {
    runs: standsAt === undefined,
    now: () => instant(base() + offset),
    pause: async (milliseconds) => void (await wait(milliseconds)),
    moveTo: (at) => {
      const ahead = epoch(at) - base();
      if (ahead <= offset) return;
      offset = ahead;
      writeKept(file, { offset });
    },
  };
};
