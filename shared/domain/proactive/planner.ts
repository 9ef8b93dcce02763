import type { Effect, Timer } from '../corrective/timer.ts';
import type { Draw } from '../id.ts';
import { oneLine } from '../one-line.ts';
import type { Instant } from '../time.ts';
import { type Chronicle, chronicle } from './chronicle.ts';
import type { HistoryEntry, Notice } from './notice.ts';
import { type Plan, promiseNotice, type Recipient, type Subject, tendAt } from './plan.ts';

/** What somebody is told, at which occasion, and for the how manieth time. */
export interface Occasion {
  occasion: string;
  turn?: number;
}

/** Collects what one decision about a subject says, promises and arms. */
export interface Planner<State extends Subject, Role extends string, Telling extends Occasion> {
  write: Chronicle['write'];
  /** Each person once, however many of these they are. Gives the names of those who hear. */
  tell(roles: Role[], telling: Telling): string;
  tellThese(to: Recipient[], telling: Telling): void;
  arm(task: string, at: Instant): void;
  promise(effect: Effect): void;
  plan(reason: string): Plan<State>;
}

interface Audience<Role extends string, Telling> {
  /** Who is who, or who stands in for them; undefined when there is nobody at all to tell. */
  people: Record<Role, Recipient | undefined>;
  wordsFor(to: Recipient, telling: Telling): { subject: string; text: string };
}

/** `state` is as it will be: its generation names the promises. What is promised already is not promised again. */
export const plannerOf = <State extends Subject, Role extends string, Telling extends Occasion>(
  state: State,
  { people, wordsFor }: Audience<Role, Telling>,
  draw: Draw,
): Planner<State, Role, Telling> => {
  const story = chronicle(state, draw);
  const promises: (Notice | Timer | Effect)[] = [];
  const tellThese = (to: Recipient[], telling: Telling): void => {
    for (const recipient of to) {
      const { occasion, turn = 0 } = telling;
      const words = wordsFor(recipient, telling);
      const notice = promiseNotice(state, { occasion, turn, to: recipient, words }, draw);
      const known = promises.some((each) => each.kind === 'notice' && each.promise === notice.promise);
      if (!known) promises.push(notice);
    }
  };
  return {
    write: story.write,
    tell: (roles, telling) => {
      const to = roles.flatMap((role) => people[role] ?? []);
      tellThese(to, telling);
      return [...new Set(to.map(({ name }) => name))].join(', ') || 'nobody, for none of them can be reached';
    },
    tellThese,
    arm: (task, at) => void promises.push(tendAt(state, { task, at }, draw)),
    promise: (effect) => void promises.push(effect),
    plan: (reason) => ({ state, history: story.entries, promises, reason }),
  };
};

/** Nothing is done, and this is why. */
export const nothing = <State extends Subject>(state: State, reason: string): Plan<State> => ({
  ...{ state, history: [], promises: [], reason },
});

const NAMELESS: Record<string, string> = {
  'api-key': 'somebody with an API key',
  person: 'somebody',
  integration: 'the tracker',
};

/** Who did it, in a sentence. */
export const nameOf = ({ kind, name }: HistoryEntry['actor']): string =>
  oneLine(name ?? '') || (NAMELESS[kind] ?? 'Firebreak');
