import type { Instant } from '../time.ts';
import type { Cause } from './cause.ts';
import type { Finding } from './finding.ts';
import type { Review } from './review.ts';

/** The cause that a finding is by itself, when it is not one that is known from before. */
export const causeIdOf = (findingId: string): string => `cau_${findingId.slice('fnd_'.length)}`;

/**
 * The record of the cause that a finding is: made, or brought up to what the finding says; the very one that is there
 * when it says so already. Undefined where a finding is no cause, or one that is known from before. A cause stays when
 * its finding goes: somewhere else it may have been found to be the same.
 */
export const causeBehind = (
  finding: Finding,
  { review, before, now }: { review: Review; before: Cause | undefined; now: Instant },
): Cause | undefined => {
  const { cause, text } = finding;
  if (cause?.id !== causeIdOf(finding.id)) return undefined;
  if (before?.text === text && before.type === cause.type) return before;
  const { id: reviewId, clientId, serviceId } = review;
  return {
    ...{ createdAt: now, reviewId, clientId, serviceId },
    ...before,
    ...{ kind: 'cause', id: cause.id, type: cause.type, text, updatedAt: now },
    version: (before?.version ?? 0) + 1,
  };
};
