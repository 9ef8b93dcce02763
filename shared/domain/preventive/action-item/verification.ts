import type { Actor } from '../../outbox/actor.ts';
import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import { nameOf } from '../../outbox/planner.ts';
import { Refused } from '../../refused.ts';
import { dateAndTime, type Instant } from '../../time.ts';
import type { ActionItem } from './action-item.ts';
import { openAgain } from './life.ts';
import { proofOf } from './messages.ts';
import { type Deciding, plannerOf } from './planner.ts';
import { armProof, provenOn } from './timing.ts';

/** Whose work it is: they own it, or said that it is done. */
const isTheirs = ({ ownerId, doneBy }: Pick<ActionItem, 'ownerId' | 'doneBy'>, personId: string): boolean =>
  personId === ownerId || (doneBy?.kind === 'person' && personId === doneBy.id);

/**
 * Who is asked whether it holds: the first of those (the technical lead, then the manager) whose own work it is not;
 * the owner only where nobody else is there.
 */
export const verifierOf = (
  item: Pick<ActionItem, 'ownerId' | 'doneBy'>,
  reviewerIds: string[],
): { id: string; isOther: boolean } => {
  const other = reviewerIds.find((id) => !isTheirs(item, id));
  return { id: other ?? item.ownerId, isOther: other !== undefined };
};

/** A look by whoever did it is none, as long as somebody else is there to look. */
const requireSomebodyElse = (item: ActionItem, actor: Actor, reviewerIds: string[]): void => {
  if (actor.kind !== 'person' || !isTheirs(item, actor.id) || !verifierOf(item, reviewerIds).isOther) return;
  const message = 'completed or owns the item: another person must verify it';
  throw new Refused('illegal-move', 'The person who completed the item cannot verify it.', [
    { path: 'body.by', message },
  ]);
};

const requireTime = ({ verification }: ActionItem, now: Instant): void => {
  if (verification.type !== 'statement')
    throw new Refused(
      'illegal-move',
      `This action item is verified automatically when ${proofOf(verification)}.`,
    );
  if (verification.lookAgainAt > now)
    throw new Refused(
      'illegal-move',
      `Verification starts on ${dateAndTime(verification.lookAgainAt)}. Until then the item can only be marked as not holding.`,
    );
};

/**
 * Somebody has looked, and says whether it holds: proven, or open again with what they found.
 * @throws Refused `illegal-move` before it is done, before it is time, or when it is their own work.
 */
export const verify = (
  item: ActionItem,
  { holds, note }: { holds: boolean; note?: string | undefined },
  deciding: Deciding,
): Decision<ActionItem> => {
  const { context, invocation, actor } = deciding;
  if (item.status === 'proven' && holds) return nothing(item, 'proven-already');
  if (item.status !== 'done')
    throw new Refused(
      'illegal-move',
      `This action item is ${item.status}. Only a completed item can be verified.`,
    );
  requireSomebodyElse(item, actor, context.reviewerIds);
  if (!holds) {
    const because = `verification failed, says ${nameOf(actor)}${note ? `: ${note}` : '.'}`;
    return openAgain(item, { because, reason: 'does-not-hold' }, deciding);
  }
  requireTime(item, invocation.now);
  const planner = plannerOf(proven(item, invocation.now), context, invocation);
  const text = `Proven: confirmed by ${nameOf(actor)}.${note ? ` ${note}` : ''}`;
  planner.write({ what: 'proven', text, reason: 'holds', actor });
  return planner.plan('proven');
};

const proven = (item: ActionItem, now: Instant): ActionItem => ({
  ...item,
  ...{ status: 'proven', generation: item.generation + 1, provenAt: now },
});

/** What was seen since it was done (`seen`) opens it again; if nothing was, it is proven once the time is over. */
export const prove = (
  item: ActionItem,
  seen: string | undefined,
  deciding: Deciding,
): Decision<ActionItem> => {
  if (seen) return openAgain(item, { because: seen, reason: 'does-not-hold' }, deciding);
  const { context, invocation, actor } = deciding;
  if (provenOn(item, invocation.now) > invocation.now) return lookLater(item, deciding);
  const planner = plannerOf(proven(item, invocation.now), context, invocation);
  const lines = ['Verified: the problem has not recurred since completion. No action is needed.'];
  const told = planner.notify(['owner', 'lead'], { occasion: 'proven', mark: 'Proven', lines });
  const text = `Proven: the problem has not recurred. Notified: ${told}.`;
  planner.write({ what: 'proven', text, reason: 'stayed-away', actor });
  return planner.plan('proven');
};

const lookLater = (item: ActionItem, { context, invocation }: Deciding): Decision<ActionItem> => {
  const planner = plannerOf(item, context, invocation);
  armProof(planner, item, invocation.now);
  return planner.plan('not-seen-so-far');
};
