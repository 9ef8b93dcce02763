import { capabilitiesOf } from '../../channels/channel.ts';
import type { ReviewRule } from '../../directory/follow-up.ts';
import type { Invocation } from '../../id.ts';
import { cut } from '../../one-line.ts';
import type { HistoryEntry } from '../../outbox/history.ts';
import { LINK_HERE } from '../../outbox/notice.ts';
import * as planning from '../../outbox/planner.ts';
import type { Recipient } from '../../outbox/subject.ts';
import type { Review } from './review.ts';

/** All that a decision about a review stands on, beside the review. */
export interface Context {
  /** The people, or who stands in for them; undefined when there is nobody at all to tell. */
  owner: Recipient | undefined;
  lead: Recipient | undefined;
  manager: Recipient | undefined;
  /** The client's, or what it says where the client has none. */
  rule: ReviewRule;
}

/** Who did it, and on what it stands. */
export interface Deciding {
  context: Context;
  invocation: Invocation;
  actor: HistoryEntry['actor'];
}

const LONGEST_TEXT = 200;

export type Role = 'owner' | 'lead' | 'manager';

interface Notification extends planning.Occasion {
  words: { subject: string; text: string };
}

/** Collects what one decision about a review says, promises and arms. */
export type Planner = planning.Planner<Review, Role, Notification>;

/** `review` is as it will be: its generation names the promises. */
export const plannerOf = (review: Review, context: Context, invocation: Invocation): Planner =>
  planning.plannerOf<Review, Role, Notification>(
    review,
    {
      people: context,
      wordsFor: ({ channel }, { words }) => (capabilitiesOf(channel).short ? shortly(words) : words),
    },
    invocation,
  );

/** A text has room for what it is about, and for where to see the rest. */
const shortly = ({ subject }: Notification['words']): Notification['words'] => ({
  subject,
  text: `${cut(subject, LONGEST_TEXT)}\n${LINK_HERE}`,
});
