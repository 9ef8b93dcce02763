import type { Incident } from '../../corrective/incidents/incident.ts';
import type { Invocation } from '../../id.ts';
import { cut, oneLine } from '../../one-line.ts';
import type { Actor } from '../../outbox/actor.ts';
import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import { nameOf } from '../../outbox/planner.ts';
import { after, dateAndTime, type Instant } from '../../time.ts';
import { becauseOf } from './due.ts';
import { edit } from './editing.ts';
import { aboutReview, missingApprover } from './messages.ts';
import { type Deciding, type Planner, plannerOf } from './planner.ts';
import {
  APPROVER_FIELDS,
  APPROVER_ROLES,
  type ApproverRole,
  type Review,
  type ReviewReason,
  reviewIdOf,
  type Technique,
} from './review.ts';
import { armWriting } from './rounds.ts';

const LONGEST_PROBLEM = 200;
/** A monitor may say more than a review has room for. */
const LONGEST_TITLE = 300;

/** Who a review is for, why and until when. */
export interface Opening {
  because: ReviewReason[];
  dueAt: Instant;
  ownerId?: string | undefined;
  technicalLeadId?: string | undefined;
  projectManagerId?: string | undefined;
  technique?: Technique | undefined;
  problem?: string | undefined;
}

/** The review of an incident, before anything is written in it. One person cannot approve it twice. */
export const draft = (incident: Incident, opening: Opening, { now }: Invocation): Review => {
  const { technicalLeadId, projectManagerId, ownerId, because, dueAt } = opening;
  const manager = projectManagerId === technicalLeadId ? undefined : projectManagerId;
  const owner = ownerId ?? technicalLeadId ?? projectManagerId;
  return {
    ...{ kind: 'review', id: reviewIdOf(incident.id), version: 1, createdAt: now, updatedAt: now },
    ...{ clientId: incident.clientId, clientName: incident.clientName },
    ...{ serviceId: incident.serviceId, serviceName: incident.serviceName },
    ...{ incidentId: incident.id, incidentNumber: incident.number, episode: incident.episode },
    ...{
      title: cut(incident.title, LONGEST_TITLE),
      severity: incident.severity,
      status: 'writing',
      generation: 1,
    },
    ...{ because, dueAt, technique: opening.technique ?? 'five-whys' },
    problem: opening.problem ?? (cut(oneLine(incident.title), LONGEST_PROBLEM) || 'What happened?'),
    ...(owner ? { ownerId: owner } : {}),
    ...(technicalLeadId ? { technicalLeadId } : {}),
    ...(manager ? { projectManagerId: manager } : {}),
    ...{ authors: [], revision: 1, approvals: [], publications: 0 },
  };
};

/** The roles that nobody is named for. */
export const missingRoles = (review: Review): ApproverRole[] =>
  APPROVER_ROLES.filter((role) => !review[APPROVER_FIELDS[role]]);

/** A review begins: its owner hears, and is reminded until it is written. */
export const open = (review: Review, { context, invocation, actor }: Deciding): Decision<Review> => {
  const planner = plannerOf(review, context, invocation);
  const why = `A review is due, because ${becauseOf(review.because)}.`;
  const lines = [why, 'Please make sure that it gets written. Anyone involved may write.'];
  const told = planner.notify(['owner'], {
    occasion: 'to-write',
    words: aboutReview(review, 'A review is due', lines),
  });
  const text = `Opened by ${nameOf(actor)}. ${why} Due ${dateAndTime(review.dueAt)}; notified: ${told}.`;
  planner.write({ what: 'opened', text, reason: review.because[0] ?? 'by-hand', actor });
  warnOfMissing(planner, review);
  armWriting(planner, { review, context, invocation });
  return planner.plan('opened');
};

/** Everybody who is there hears who is missing; the fallback contact stands in for whoever that is. */
const warnOfMissing = (planner: Planner, review: Review): void => {
  const roles = missingRoles(review);
  if (roles.length === 0) return;
  const words = aboutReview(review, 'An approver is missing', [missingApprover(roles)]);
  const told = planner.notify(['owner', 'lead', 'manager'], { occasion: 'approver-missing', words });
  const text = `${missingApprover(roles)} Notified: ${told}.`;
  planner.write({ what: 'approver-missing', text, reason: 'nobody-named' });
};

/**
 * Its incident was opened again and is over again: its history says so, and that what had been filled in from it was
 * filled in anew where nobody had written since.
 */
export const renew = (
  review: Review,
  { episode, sections }: { episode: number; sections: readonly string[] },
  { context, invocation, actor }: Deciding & { actor: Actor },
): Decision<Review> => {
  const state: Review = { ...review, episode };
  const again = 'The incident was reopened and resolved again.';
  if (sections.length > 0)
    return edit(
      state,
      { actor, what: `${again} Sections updated: ${sections.join(', ')}.` },
      context,
      invocation,
    );
  const planner = plannerOf(state, context, invocation);
  planner.write({
    what: 'incident-again',
    text: `${again} The review is unchanged.`,
    reason: 'reopened',
    actor,
  });
  return planner.plan('incident-again');
};

/** Somebody wants it written after all. One that is not waived is there already. */
export const takeUpAgain = (review: Review, { context, invocation, actor }: Deciding): Decision<Review> => {
  if (review.status !== 'waived') return nothing(review, 'opened-already');
  const dueAt = after(invocation.now, context.rule.dueIn);
  const generation = review.generation + 1;
  const state: Review = { ...review, status: 'writing', generation, dueAt, waived: undefined };
  const planner = plannerOf(state, context, invocation);
  const lines = [`${nameOf(actor)} requested this review after all. Please make sure that it gets written.`];
  const words = aboutReview(state, 'A review is due', lines);
  const told = planner.notify(['owner'], { occasion: 'to-write', words });
  const text = `Reopened by ${nameOf(actor)}, due ${dateAndTime(dueAt)}; notified: ${told}.`;
  planner.write({ what: 'taken-up-again', text, reason: 'by-hand', actor });
  armWriting(planner, { review: state, context, invocation });
  return planner.plan('taken-up-again');
};
