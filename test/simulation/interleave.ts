/** A workflow that is stopped before every step, and goes on only when it is told to. */
interface Actor {
  waiting: (() => void)[];
  over: boolean;
}

/** Resolves when the step may be made. */
export type Gate = () => Promise<void>;

/** What one run is made of: workflows side by side, and what must hold when they are done or the process has died. */
export interface Story {
  actors: ((gate: Gate) => Promise<unknown>)[];
  check(how: { crashed: boolean; schedule: string }): Promise<void>;
}

interface Choice {
  taken: number;
  of: number;
}

const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const start = (run: (gate: Gate) => Promise<unknown>): Actor => {
  const actor: Actor = { waiting: [], over: false };
  const gate = (): Promise<void> => new Promise((resolve) => void actor.waiting.push(resolve));
  const over = (): void => {
    actor.over = true;
  };
  // What a workflow throws is its process's business; what it leaves behind is checked.
  run(gate).then(over, over);
  return actor;
};

const runnable = (actors: Actor[]): number[] =>
  actors.flatMap(({ waiting }, place) => (waiting.length > 0 ? [place] : []));

/** Runs one schedule: the choices given, then always the first workflow that can go on. */
const run = async (story: Story, chosen: number[], crashes: boolean): Promise<Choice[]> => {
  const actors = story.actors.map(start);
  const choices: Choice[] = [];
  const steps: string[] = [];
  await quiet();
  let crashed = false;
  for (let able = runnable(actors); able.length > 0; able = runnable(actors)) {
    const taken = chosen[choices.length] ?? 0;
    choices.push({ taken, of: able.length + (crashes ? 1 : 0) });
    const place = able[taken];
    crashed = place === undefined;
    if (place === undefined) break;
    steps.push(String(place));
    actors[place]?.waiting.shift()?.();
    await quiet();
  }
  const schedule = steps.join('') + (crashed ? '†' : '');
  if (!crashed && actors.some(({ over }) => !over)) throw new Error(`Stuck after ${schedule}.`);
  await story.check({ crashed, schedule });
  return choices;
};

/** The next schedule in depth-first order; undefined when all have been run. */
const nextOf = (choices: Choice[]): number[] | undefined => {
  const last = choices.findLastIndex(({ taken, of }) => taken + 1 < of);
  if (last < 0) return undefined;
  return [
    ...choices.slice(0, last).map(({ taken }) => taken),
    (choices[last]?.taken ?? 0) + 1,
  ];
};

/**
 * Runs every schedule of the steps of a story's workflows, each from its own beginning, none twice. With `crashes`
 * the process also dies between any two of them. Gives the number of schedules.
 */
export const everySchedule = async (
  begin: () => Story,
  { crashes = false }: { crashes?: boolean } = {},
): Promise<number> => {
  let schedules = 0;
  for (let chosen: number[] | undefined = []; chosen; schedules += 1)
    chosen = nextOf(await run(begin(), chosen, crashes));
  return schedules;
};
