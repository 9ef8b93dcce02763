import { after } from '../../shared/domain/time.ts';
import type { Ports } from '../../shared/workflow/ports.ts';
import { sweep } from '../../shared/workflow/sweep.ts';
import type { Passage } from './passage.ts';
import { HORIZON, type Timers } from './timers.ts';

const SWEEP_EVERY = HORIZON / 2;
/** How long a claim lasts. */
const LEASE = 'PT30S';
/** A sweep that did less than this found no more to do. */
const FULL_SWEEP = 300;
const MOST_ARMED = 1000;

/**
 * Takes over from the process before, which may have been killed: performs what it had claimed without waiting for
 * its leases to end, for whoever holds the folder knows that it is dead, and then everything else that is due.
 */
export const takeOver = async (ports: Ports, passage: Passage): Promise<void> => {
  const asOf = after(ports.clock.now(), LEASE);
  await passage.alone(async () => {
    for (let done = FULL_SWEEP; done >= FULL_SWEEP; ) {
      const { outcomes, failed } = await sweep(ports, { asOf });
      done = Object.values(outcomes).reduce((sum, count) => sum + count, failed);
    }
  });
  await passage.catchUp();
};

interface Sweeping {
  ports: Ports;
  timers: Timers;
  passage: Passage;
  /** One sweep. Never rejects. */
  sweep(): Promise<void>;
}

/** Sweeps every 10 seconds, and arms the timers that come due before the next sweep but one. Returns how to stop. */
export const keepSweeping = ({ ports, timers, passage, sweep }: Sweeping): (() => Promise<void>) => {
  let next: NodeJS.Timeout | undefined;
  let isStopped = false;
  const once = async (): Promise<void> => {
    await passage.alone(async () => {
      await sweep();
      await armNear(ports, timers).catch((error: unknown) => ports.watch.alarm('timers-not-armed', error));
    });
    if (!isStopped) next = setTimeout(once, SWEEP_EVERY);
  };
  next = setTimeout(once, 0);
  return () => {
    isStopped = true;
    clearTimeout(next);
    return passage.alone(async () => {});
  };
};

/** Those of earlier processes too: their waits ended with them. */
const armNear = async ({ store, clock }: Ports, timers: Timers): Promise<void> => {
  const now = after(clock.now(), `PT${HORIZON / 1000}S`);
  const near = await store.due('timer', { now, oldestFirst: true, limit: MOST_ARMED });
  for (const { ref, dueAt } of near) if (ref.kind === 'timer') timers.arm({ id: ref.id, dueAt });
};
