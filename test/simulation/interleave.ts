/** What a step sees and what it changes: two steps that only see the same, or touch different things, commute. */
export interface Step {
  sees: string[];
  changes: string[];
}

/** Resolves when the step may be made. */
export type Gate = (step: Step) => Promise<void>;

/** What one run is made of: workflows side by side, and what must hold when they are done or the process has died. */
export interface Story {
  actors: ((gate: Gate) => Promise<unknown>)[];
  check(how: { crashed: boolean; schedule: string }): Promise<void>;
}

/** A workflow that is stopped before every step, and goes on only when it is told to. */
interface Actor {
  waiting: { step: Step; go: () => void }[];
  over: boolean;
}

/** One moment of a schedule: who could go on, who does, and who need not because an equal schedule was run. */
interface Moment {
  able: number[];
  needless: number[];
  tried: number[];
  taken: number;
}

const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const start = (run: (gate: Gate) => Promise<unknown>): Actor => {
  const actor: Actor = { waiting: [], over: false };
  const gate: Gate = (step) => new Promise((go) => void actor.waiting.push({ step, go }));
  const over = (): void => {
    actor.over = true;
  };
  // What a workflow throws is its process's business; what it leaves behind is checked.
  run(gate).then(over, over);
  return actor;
};

const commute = (one: Step, other: Step): boolean => {
  const touched = new Set([...other.sees, ...other.changes]);
  const changed = new Set(other.changes);
  return !one.changes.some((thing) => touched.has(thing)) && !one.sees.some((thing) => changed.has(thing));
};

const CRASH = -1;

/** Who can go on; the crash last, where there may be one. */
const ableOf = (actors: Actor[], crashes: boolean): number[] => {
  const able = actors.flatMap(({ waiting }, place) => (waiting.length > 0 ? [place] : []));
  return able.length > 0 && crashes ? [...able, CRASH] : able;
};

const choose = ({ able, needless, tried }: Omit<Moment, 'taken'>): number | undefined =>
  able.find((place) => !needless.includes(place) && !tried.includes(place));

/** Whoever was tried before and commutes with what is taken now would only give a schedule that was run already. */
const needlessAfter = ({ needless, tried, taken }: Moment, actors: Actor[]): number[] => {
  const now = actors[taken]?.waiting[0]?.step;
  return [...needless, ...tried].filter((place) => {
    const step = actors[place]?.waiting[0]?.step;
    return step && now && commute(step, now);
  });
};

/** Runs one schedule: the moments given, then whatever was not tried. False when it equals one that was run. */
const run = async (history: Story, moments: Moment[], crashes: boolean): Promise<boolean> => {
  const actors = history.actors.map(start);
  const steps: number[] = [];
  let needless: number[] = [];
  await quiet();
  for (let able = ableOf(actors, crashes); able.length > 0; able = ableOf(actors, crashes)) {
    if (!moments[steps.length]) {
      const taken = choose({ able, needless, tried: [] });
      if (taken === undefined) return false;
      moments.push({ able, needless, tried: [], taken });
    }
    const moment = moments[steps.length] as Moment;
    steps.push(moment.taken);
    if (moment.taken === CRASH) break;
    needless = needlessAfter(moment, actors);
    actors[moment.taken]?.waiting.shift()?.go();
    await quiet();
  }
  const crashed = steps.at(-1) === CRASH;
  const schedule = steps.join(' ');
  if (!crashed && actors.some(({ over }) => !over)) throw new Error(`Stuck after ${schedule}.`);
  await history.check({ crashed, schedule });
  return true;
};

/** Moves on to the next schedule in depth-first order; false when all have been run. */
const moveOn = (moments: Moment[]): boolean => {
  for (let last = moments.at(-1); last; last = moments.at(-1)) {
    last.tried.push(last.taken);
    const taken = choose(last);
    if (taken !== undefined) {
      last.taken = taken;
      return true;
    }
    moments.pop();
  }
  return false;
};

/**
 * Runs every schedule of the steps of a story's workflows, each from its own beginning; of those that differ only in
 * the order of steps that commute, one (sleep sets: every state is still reached). With `crashes` the process also
 * dies between any two steps. Gives the number of schedules.
 */
export const everySchedule = async (
  begin: () => Story,
  { crashes = false }: { crashes?: boolean } = {},
): Promise<number> => {
  const moments: Moment[] = [];
  let schedules = 0;
  do {
    if (await run(begin(), moments, crashes)) schedules += 1;
  } while (moveOn(moments));
  return schedules;
};
