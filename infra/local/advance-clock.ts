import { after, type Duration, epoch, type Instant, instant } from '../../shared/domain/time.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Rank } from '../../shared/workflow/engine/store-port.ts';
import type { MachineClock } from './clock.ts';
import type { Recurring } from './recurring.ts';

const RANKS: Rank[] = ['page-sev1', 'page-sev2', 'page-other', 'timer', 'notice', 'effect', 'background'];
/** More than one look takes; what is beyond it is seen on the next. */
const MOST_SEEN = 1000;
/** What is due this close together is one step: after a storm, a thousand timers stand within a second. */
const TOGETHER = 1000;

export interface World {
  store: Ports['store'];
  clock: MachineClock;
  /** One sweep. Never rejects. */
  sweep(): Promise<void>;
  /** Resolves when all that was committed has been handed over. */
  settled(): Promise<void>;
  /** What happens again and again, where there is anything that does. */
  recurring?: Recurring;
}

export interface ClockAdvance {
  /** Sweeps until nothing that can be done is left undone. */
  catchUp(): Promise<void>;
  /** Moves the clock from due time to due time, doing at each what is due; resolves to the time it then is. */
  advance(duration: Duration): Promise<Instant>;
  /** Runs something while time neither jumps nor is swept. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** How time passes on this machine: one thing at a time, in the order they were asked for. */
export const openClockAdvance = (world: World): ClockAdvance => {
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
  return {
    alone,
    catchUp: () => alone(() => catchUp(world)),
    advance: (duration) => alone(() => advance(world, duration)),
  };
};

const advance = async (world: World, duration: Duration): Promise<Instant> => {
  const { clock, recurring } = world;
  const target = after(clock.now(), duration);
  await world.settled();
  await catchUp(world);
  const rounds = (await recurring?.roundsUntil(target)) ?? [];
  for (;;) {
    const promised = await nextDue(world, target);
    const round = rounds.find((at) => at > clock.now());
    const next = earlier(promised, round);
    if (next === undefined) break;
    await stepTo(world, next);
  }
  await stepTo(world, target);
  return clock.now();
};

const earlier = (one: Instant | undefined, other: Instant | undefined): Instant | undefined =>
  one !== undefined && other !== undefined && other < one ? other : (one ?? other);

/** Recurring work comes first, for it may promise what the sweep then performs. */
const stepTo = async (world: World, at: Instant): Promise<void> => {
  world.clock.moveTo(at);
  await world.recurring?.runDue();
  await world.settled();
  await catchUp(world);
};

/** When the next thing comes due, with whatever follows within a second; undefined when nothing does until then. */
const nextDue = async ({ store, clock }: World, until: Instant): Promise<Instant | undefined> => {
  const now = clock.now();
  const ahead = (await dueBy(store, until)).map(({ dueAt }) => dueAt).filter((dueAt) => dueAt > now);
  const first = ahead.toSorted()[0];
  if (first === undefined) return undefined;
  const end = instant(epoch(first) + TOGETHER);
  return ahead
    .filter((dueAt) => dueAt < end)
    .toSorted()
    .at(-1);
};

/** Something that stays due though it was swept is bad or broken: it is left to be looked at. */
const catchUp = async (world: World): Promise<void> => {
  let before: string | undefined;
  for (;;) {
    await world.sweep();
    await world.settled();
    const left = JSON.stringify(await dueBy(world.store, world.clock.now()));
    if (left === '[]' || left === before) return;
    before = left;
  }
};

const dueBy = async (store: Ports['store'], now: Instant) =>
  (
    await Promise.all(RANKS.map((rank) => store.due(rank, { now, oldestFirst: true, limit: MOST_SEEN })))
  ).flat();
