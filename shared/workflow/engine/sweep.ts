import { epoch, type Instant } from '../../domain/time.ts';
import { deliver } from './deliver.ts';
import { fireTimer } from './fire-timer.ts';
import type { Ports } from './ports.ts';
import type { Due, Rank } from './store-port.ts';

/** What is swept side by side, rank after rank in each: a channel that is down must not keep a timer waiting. */
const LANES: Rank[][] = [
  ['page-sev1', 'page-sev2', 'page-other'],
  ['timer'],
  ['notice'],
  ['effect'],
  ['background'],
];
/** Things of one rank that one sweep performs: two thirds from the newest, one third from the oldest. */
const BUDGET = 1500;
/** Of one lane. */
const AT_ONCE = 16;
/** Time in milliseconds after which a sweep leaves the rest to the next one. */
const LONGEST = 45_000;

/** What a sweep did: how many things by outcome, how many failed, and how late the latest was. */
export interface SweepReport {
  outcomes: Record<string, number>;
  failed: number;
  oldestSeconds: number;
}

/**
 * Performs everything that is due and was not performed: the guarantee behind the stream, the schedules and the
 * process. Reads the table and never the stream; a bad item fails alone and raises an alarm. `asOf` takes promises
 * as they stand then: a start takes over what a dead process had claimed.
 */
export const sweep = async (ports: Ports, { asOf }: { asOf?: Instant } = {}): Promise<SweepReport> => {
  const began = epoch(ports.clock.now());
  const report: SweepReport = { outcomes: {}, failed: 0, oldestSeconds: 0 };
  const sweepRank = async (rank: Rank): Promise<void> => {
    const due = await dueOn(ports, rank, asOf);
    note(ports, { report, rank, due });
    await inTurns(due, async (item) => {
      if (epoch(ports.clock.now()) - began > LONGEST) return;
      await perform(ports, { item, report, asOf });
    });
  };
  const sweepLane = async (ranks: Rank[]): Promise<void> => {
    for (const rank of ranks) await sweepRank(rank);
  };
  const lanes = await Promise.allSettled(LANES.map(sweepLane));
  const stopped = lanes.find((lane) => lane.status === 'rejected');
  if (stopped) throw stopped.reason;
  return report;
};

/** The oldest third and the newest two thirds, newest first; each once. */
const dueOn = async (ports: Ports, rank: Rank, asOf: Instant | undefined): Promise<Due[]> => {
  const now = rank === 'timer' ? ports.clock.now() : (asOf ?? ports.clock.now());
  const oldest = await ports.store.due(rank, { now, oldestFirst: true, limit: BUDGET / 3 });
  if (oldest.length < BUDGET / 3) return oldest.reverse();
  const newest = await ports.store.due(rank, { now, oldestFirst: false, limit: (BUDGET * 2) / 3 });
  return [...new Map([...newest, ...oldest].map((due) => [JSON.stringify(due.ref), due])).values()];
};

/** How late the latest is. Nobody waits for a lesson, so none is ever late. */
const note = (ports: Ports, { report, rank, due }: { report: SweepReport; rank: Rank; due: Due[] }): void => {
  if (rank === 'background') return;
  const now = epoch(ports.clock.now());
  const oldest = due.reduce((worst, each) => Math.max(worst, (now - epoch(each.dueAt)) / 1000), 0);
  report.oldestSeconds = Math.max(report.oldestSeconds, oldest);
  ports.telemetry.count(rank === 'timer' ? 'LatestTimerSeconds' : 'OldestUnsentPromiseSeconds', oldest);
};

const perform = async (
  ports: Ports,
  { item, report, asOf }: { item: Due; report: SweepReport; asOf: Instant | undefined },
): Promise<void> => {
  try {
    const { ref } = item;
    const outcome =
      ref.kind === 'timer' ? await fireTimer(ports, ref.id) : await deliver(ports, ref, asOf ? { asOf } : {});
    report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
  } catch (error) {
    report.failed += 1;
    ports.telemetry.count('BadItems');
    ports.telemetry.alarm('promise-not-kept', error, { kind: item.ref.kind });
  }
};

/** Runs through the items, so many at once. */
const inTurns = async <T>(items: T[], run: (item: T) => Promise<void>): Promise<void> => {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item; item = waiting.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
};
