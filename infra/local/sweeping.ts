import { after } from '../../shared/domain/time.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { sweep } from '../../shared/workflow/engine/sweep.ts';
import type { ClockAdvance } from './advance-clock.ts';
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
export const takeOver = async (ports: Ports, clockAdvance: ClockAdvance): Promise<void> => {
  const asOf = after(ports.clock.now(), LEASE);
  await clockAdvance.alone(async () => {
    for (let done = FULL_SWEEP; done >= FULL_SWEEP; ) {
      const { outcomes, failed } = await sweep(ports, { asOf });
      done = Object.values(outcomes).reduce((sum, count) => sum + count, failed);
    }
  });
  await clockAdvance.catchUp();
};

interface Sweeping {
  ports: Ports;
  timers: Timers;
  clockAdvance: ClockAdvance;
  /** One sweep. Never rejects. */
  sweep(): Promise<void>;
}

/** Sweeps every 10 seconds, forgets what has expired, and arms the timers that come due before the next sweep but one. Returns how to stop. */
export const keepSweeping = ({ ports, timers, clockAdvance, sweep }: Sweeping): (() => Promise<void>) => {
  let next: NodeJS.Timeout | undefined;
  let isStopped = false;
  const once = async (): Promise<void> => {
    await clockAdvance.alone(async () => {
      await sweep();
      const alarm = (event: string) => (error: unknown) => ports.telemetry.alarm(event, error);
      await armNear(ports, timers).catch(alarm('timers-not-armed'));
      await ports.store.forgetExpired(ports.clock.now()).catch(alarm('expired-not-forgotten'));
    });
    if (!isStopped) next = setTimeout(once, SWEEP_EVERY);
  };
  next = setTimeout(once, 0);
  return () => {
    isStopped = true;
    clearTimeout(next);
    return clockAdvance.alone(async () => {});
  };
};

/** Those of earlier processes too: their waits ended with them. */
const armNear = async ({ store, clock }: Ports, timers: Timers): Promise<void> => {
  const now = after(clock.now(), `PT${HORIZON / 1000}S`);
  const near = await store.due('timer', { now, oldestFirst: true, limit: MOST_ARMED });
  for (const { ref, dueAt } of near) if (ref.kind === 'timer') timers.arm({ id: ref.id, dueAt });
};
