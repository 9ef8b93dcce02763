import type { Effect, Timer } from '../../corrective/timer.ts';
import type { Draw } from '../../id.ts';
import { cut } from '../../one-line.ts';
import { type Chronicle, chronicle } from '../../proactive/chronicle.ts';
import { type HistoryEntry, LINK_HERE, type Notice } from '../../proactive/notice.ts';
import { type Plan, promiseNotice, type Recipient, tendAt } from '../../proactive/plan.ts';
import type { Instant } from '../../time.ts';
import type { ReviewRule } from '../follow-up.ts';
import type { Review } from './review.ts';

/** All that a decision about a review stands on, beside the review. */
export interface Around {
  /** The people, or who stands in for them; undefined when there is nobody at all to tell. */
  owner: Recipient | undefined;
  lead: Recipient | undefined;
  manager: Recipient | undefined;
  /** The client's, or what it says where the client has none. */
  rule: ReviewRule;
}

/** Who did it, and on what it stands. */
export interface Deciding {
  around: Around;
  draw: Draw;
  actor: HistoryEntry['actor'];
}

const LONGEST_TEXT = 200;

export type Role = 'owner' | 'lead' | 'manager';

interface Telling {
  occasion: string;
  turn?: number;
  words: { subject: string; text: string };
}

/** Collects what one decision about a review says, promises and arms. */
export interface Planner {
  write: Chronicle['write'];
  /** Each person once, however many of these they are. Gives the names of those who hear. */
  tell(roles: Role[], telling: Telling): string;
  tellThese(to: Recipient[], telling: Telling): void;
  arm(task: string, at: Instant): void;
  promise(effect: Effect): void;
  plan(reason: string): Plan<Review>;
}

/** `review` is as it will be: its generation names the promises. */
export const plannerOf = (review: Review, around: Around, draw: Draw): Planner => {
  const story = chronicle(review, draw);
  const promises: (Notice | Timer | Effect)[] = [];
  const tellThese: Planner['tellThese'] = (to, telling) => {
    for (const recipient of to) {
      const words = recipient.channel === 'sms' ? shortly(telling.words) : telling.words;
      const notice = promiseNotice(review, { ...telling, words, to: recipient }, draw);
      const known = promises.some((each) => each.kind === 'notice' && each.promise === notice.promise);
      if (!known) promises.push(notice);
    }
  };
  return {
    write: story.write,
    tell: (roles, telling) => {
      const to = roles.flatMap((role) => around[role] ?? []);
      tellThese(to, telling);
      return [...new Set(to.map(({ name }) => name))].join(', ') || 'nobody, for none of them can be reached';
    },
    tellThese,
    arm: (task, at) => void promises.push(tendAt(review, { task, at }, draw)),
    promise: (effect) => void promises.push(effect),
    plan: (reason) => ({ state: review, history: story.entries, promises, reason }),
  };
};

/** A text has room for what it is about, and for where to see the rest. */
const shortly = ({ subject }: Telling['words']): Telling['words'] => ({
  subject,
  text: `${cut(subject, LONGEST_TEXT)}\n${LINK_HERE}`,
});

/** Nothing is done, and this is why. */
export const nothing = (state: Review, reason: string): Plan<Review> => ({
  ...{ state, history: [], promises: [], reason },
});

/** Who did it, in a sentence. */
export const nameOf = ({ kind, name }: HistoryEntry['actor']): string =>
  name ?? (kind === 'api-key' ? 'somebody with an API key' : 'Firebreak');
