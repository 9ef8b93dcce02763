import type { Instant } from '../../time.ts';
import type { Cause } from '../recurrence/cause.ts';
import type { Review } from '../review/review.ts';
import type { Finding } from './finding.ts';

/** The cause that a finding is by itself, when it is not one that is known from before. */
export const causeIdOf = (findingId: string): string => `cau_${findingId.slice('fnd_'.length)}`;

/** A finding as it was and as it is to be; without the one it is new, without the other it is taken away. */
export interface Turn {
  before: Finding | undefined;
  after: Finding | undefined;
}

/** The causes that a finding was or is. */
export const causesIn = ({ before, after }: Turn): string[] => [
  ...new Set([before, after].flatMap((finding) => finding?.cause?.id ?? [])),
];

/** How many findings are this cause, in all reviews. */
export const findingsOf = ({ findings = 1 }: Cause): number => findings;

/**
 * A cause after one of the findings that are this cause was changed: it counts them, and says what the finding says
 * that it is by itself. The very one that was known when nothing about it is new; undefined when it is none at all.
 */
export const causeAfter = (
  id: string,
  { before, after }: Turn,
  { review, known, now }: { review: Review; known: Cause | undefined; now: Instant },
): Cause | undefined => {
  const own = after?.cause?.id === id && id === causeIdOf(after.id) ? after : undefined;
  if (!known && !own) return undefined;
  const findings =
    (known ? findingsOf(known) : 0) + Number(after?.cause?.id === id) - Number(before?.cause?.id === id);
  const says = own?.cause ? { text: own.text, type: own.cause.type } : {};
  const { id: reviewId, clientId, serviceId } = review;
  const found = { kind: 'cause' as const, id, createdAt: now, reviewId, clientId, serviceId };
  const cause = { ...found, ...known, ...says, findings } as Cause;
  const isSame = known && cause.text === known.text && cause.type === known.type;
  if (isSame && findings === findingsOf(known)) return known;
  return { ...cause, updatedAt: now, version: (known?.version ?? 0) + 1 };
};
