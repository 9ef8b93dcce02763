import {
  after,
  type Duration,
  epoch,
  type Instant,
  instant,
  milliseconds,
} from '../../shared/domain/time.ts';
import { JOBS, type RegisteredJob } from '../../shared/schedules/index.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';

/** A long jump looks no more often than this, however many rounds it spans. */
const MOST_ROUNDS = 288;
const LOOK_EVERY = 10_000;

/** What EventBridge Scheduler is on AWS: it runs the jobs of the registry when their time comes. */
export interface Recurring {
  /** The jobs' due times on the way to an instant, in the order of time; of jobs that have something to do. */
  roundsUntil(until: Instant): Promise<Instant[]>;
  /** Runs what has come due since it was last run. Never rejects. */
  runDue(): Promise<void>;
}

interface World {
  ports: Ports;
  /** Invokes the function. */
  run(event: { job: string }): Promise<unknown>;
  jobs?: RegisteredJob[];
}

export const openRecurring = ({ ports, run, jobs = JOBS }: World): Recurring => {
  const dueAt = new Map(jobs.map(({ about }) => [about.name, nextAfter(ports.clock.now(), about.every)]));
  return {
    roundsUntil: async (until) => {
      const rounds: Instant[] = [];
      for (const job of jobs) {
        const first = dueAt.get(job.about.name);
        if (first && first <= until && (await isWanted(ports, job)))
          rounds.push(...spaced(first, until, job.about.every));
      }
      return rounds.sort();
    },
    runDue: async () => {
      const now = ports.clock.now();
      for (const { about } of jobs) {
        if ((dueAt.get(about.name) ?? '') > now) continue;
        dueAt.set(about.name, nextAfter(now, about.every));
        // The function logs what fails, and the next round does its work.
        await run({ job: about.name }).catch(() => {});
      }
    },
  };
};

const isWanted = async (ports: Ports, job: RegisteredJob): Promise<boolean> =>
  (await job.load()).isWanted(ports);

/** On the clock's own grid, so that a restart changes nothing. */
const nextAfter = (now: Instant, listAll: Duration): Instant => {
  const round = milliseconds(listAll);
  return instant((Math.floor(epoch(now) / round) + 1) * round);
};

const spaced = (first: Instant, until: Instant, listAll: Duration): Instant[] => {
  const round = milliseconds(listAll);
  const rounds = Math.floor((epoch(until) - epoch(first)) / round) + 1;
  const stride = Math.ceil(rounds / MOST_ROUNDS);
  const count = Math.ceil(rounds / stride);
  return Array.from({ length: count }, (_, place) => after(first, `PT${(place * stride * round) / 1000}S`));
};

/** Runs what is due, every 10 seconds. Returns how to stop. */
export const keepRunning = (recurring: Recurring): (() => Promise<void>) => {
  let next: NodeJS.Timeout | undefined;
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();
  const once = async (): Promise<void> => {
    running = recurring.runDue();
    await running;
    if (!isStopped) next = setTimeout(once, LOOK_EVERY);
  };
  next = setTimeout(once, LOOK_EVERY);
  return () => {
    isStopped = true;
    clearTimeout(next);
    return running;
  };
};
