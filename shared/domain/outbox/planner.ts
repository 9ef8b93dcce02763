import type { Invocation } from '../id.ts';
import { oneLine } from '../one-line.ts';
import type { Instant } from '../time.ts';
import type { Decision } from './decision.ts';

import { type HistoryEntry, type HistoryWriter, historyWriter } from './history.ts';
import type { Notice } from './notice.ts';
import { newNotice, type Recipient, type Subject, taskAt } from './subject.ts';
import type { Effect, Timer } from './timer.ts';

/** What somebody is told, at which occasion, and for the how manieth time. */
export interface Occasion {
  occasion: string;
  turn?: number;
}

/** Collects what one decision about a subject says, promises and arms. */
export interface Planner<State extends Subject, Role extends string, Notification extends Occasion> {
  write: HistoryWriter['write'];
  /** Each person once, however many of these they are. Gives the names of those who hear. */
  notify(roles: Role[], notification: Notification): string;
  notifyThese(to: Recipient[], notification: Notification): void;
  arm(task: string, at: Instant): void;
  promise(effect: Effect): void;
  plan(reason: string): Decision<State>;
}

interface Audience<Role extends string, Notification> {
  /** Who is who, or who stands in for them; undefined when there is nobody at all to tell. */
  people: Record<Role, Recipient | undefined>;
  wordsFor(to: Recipient, notification: Notification): { subject: string; text: string };
}

/** `state` is as it will be: its generation names the promises. What is promised already is not promised again. */
export const plannerOf = <State extends Subject, Role extends string, Notification extends Occasion>(
  state: State,
  { people, wordsFor }: Audience<Role, Notification>,
  invocation: Invocation,
): Planner<State, Role, Notification> => {
  const history = historyWriter(state, invocation);
  const outbox: (Notice | Timer | Effect)[] = [];
  const notifyThese = (to: Recipient[], notification: Notification): void => {
    for (const recipient of to) {
      const { occasion, turn = 0 } = notification;
      const words = wordsFor(recipient, notification);
      const notice = newNotice(state, { occasion, turn, to: recipient, words }, invocation);
      const known = outbox.some((each) => each.kind === 'notice' && each.promise === notice.promise);
      if (!known) outbox.push(notice);
    }
  };
  return {
    write: history.write,
    notify: (roles, notification) => {
      const to = roles.flatMap((role) => people[role] ?? []);
      notifyThese(to, notification);
      return [...new Set(to.map(({ name }) => name))].join(', ') || 'nobody (none of them can be reached)';
    },
    notifyThese,
    arm: (task, at) => void outbox.push(taskAt(state, { task, at }, invocation)),
    promise: (effect) => void outbox.push(effect),
    plan: (reason) => ({ state, history: history.entries, outbox, reason }),
  };
};

const NAMELESS: Record<string, string> = {
  'api-key': 'someone with an API key',
  person: 'somebody',
  integration: 'the tracker',
};

/** Who did it, in a sentence. */
export const nameOf = ({ kind, name }: HistoryEntry['actor']): string =>
  oneLine(name ?? '') || (NAMELESS[kind] ?? 'Firebreak');
