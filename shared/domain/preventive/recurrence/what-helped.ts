import { cut, oneLine } from '../../one-line.ts';
import type { HistoryEntry } from '../../outbox/history.ts';
import type { Fingerprint } from './fingerprint.ts';

/** It is read at night, on a phone. */
const LONGEST = 400;

const short = (text: string): string | undefined => cut(oneLine(text), LONGEST) || undefined;

/**
 * What people said when they contained and resolved an incident, since it was last open: from its timeline, newest
 * first. Undefined when nobody said anything. What Firebreak and monitors say is not what helped.
 */
export const helpedBy = (newestFirst: HistoryEntry[]): string | undefined => {
  const reopened = newestFirst.findIndex(({ what }) => what === 'reopened');
  const last = reopened < 0 ? newestFirst : newestFirst.slice(0, reopened);
  const saidWith = (move: 'contained' | 'resolved'): string =>
    last.find(({ what, actor }) => what === move && actor.kind === 'person')?.note ?? '';
  return short(`${saidWith('contained')} ${saidWith('resolved')}`);
};

/** What is known of an incident once it is over, or once its review is approved. */
export interface Lesson {
  helped?: string | undefined;
  /** By its review, with at most 20 causes: its words stand over those that were said at the time. */
  review?: { id: string; causeIds: string[] };
}

/**
 * The likeness with what was learned; the very same when there is nothing new. A review that names causes stands over
 * what its alert was known for; one that names none leaves that.
 */
export const learned = (fingerprint: Fingerprint, { helped, review }: Lesson): Fingerprint => {
  const named = review?.causeIds ?? [];
  const words = fingerprint.reviewId && !review ? undefined : helped && short(helped);
  const after: Fingerprint = {
    ...fingerprint,
    ...(words ? { helped: words } : {}),
    ...(review ? { reviewId: review.id } : {}),
    ...(named.length > 0 ? { causeIds: named } : {}),
  };
  const same = JSON.stringify(after) === JSON.stringify(fingerprint);
  return same ? fingerprint : { ...after, version: fingerprint.version + 1 };
};
