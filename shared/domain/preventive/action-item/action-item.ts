import * as z from 'zod';
import { aggregate, Name, Text } from '../../aggregate.ts';
import { FollowUp } from '../../directory/follow-up.ts';
import { Actor } from '../../outbox/actor.ts';
import { At, Duration, Instant } from '../../time.ts';

export const ActionItemType = z.enum([
  'long-term-fix',
  'automation',
  'monitoring',
  'runbook',
  'patch',
  'process',
]);
export const Priority = z.enum(['urgent', 'high', 'medium', 'low']);

/** Where it came from; `id` names which one. */
export const Origin = z.strictObject({
  type: z.enum(['review', 'drill', 'log-error', 'routine', 'insight', 'by-hand']),
  id: z.string().max(100).optional(),
});

/** Somebody looks again at that time, and says whether this is so. */
const Statement = z.strictObject({ type: z.literal('statement'), statement: Text, lookAgainAt: Instant });

/** What is found out by itself. */
const AUTOMATIC = [
  /** None of its causes comes up again for so long after it was done. */
  z.strictObject({ type: z.literal('no-recurrence'), for: Duration.default('P90D') }),
  /** The alert that an error in the logs comes in as stays away for so long after it was done. */
  z.strictObject({
    type: z.literal('log-error-stays-away'),
    alertId: z.string(),
    for: Duration.default('P30D'),
  }),
] as const;

/** How it is found out whether what was done holds. */
export const Verification = z.discriminatedUnion('type', [Statement, ...AUTOMATIC]);
export type Verification = z.infer<typeof Verification>;
const VerificationBody = z.discriminatedUnion('type', [Statement.extend({ lookAgainAt: At }), ...AUTOMATIC]);

const fields = {
  clientId: z.string(),
  serviceId: z.string().optional(),
  title: Name,
  text: Text.optional(),
  type: ActionItemType,
  priority: Priority,
  ownerId: z.string(),
  dueAt: Instant,
  origin: Origin,
  /** The causes that it is to keep from coming up again. */
  causeIds: z.array(z.string()).max(10),
  verification: Verification,
  /** Who hears when it is overdue; the client's own, unless told. */
  technicalLeadId: z.string().optional(),
  projectManagerId: z.string().optional(),
};

/** `open → done → proven`; what does not hold is `open` again. `dropped` is one that somebody answers for. */
export const ActionItemStatus = z.enum(['open', 'done', 'proven', 'dropped']);
export type ActionItemStatus = z.infer<typeof ActionItemStatus>;

/** The issue of a tracker that stands for the same work. */
export const IssueLink = z.looseObject({
  trackerId: z.string(),
  /** `42`, `OPS-17`; absent until the tracker has made one. */
  key: z.string().optional(),
  url: z.string().optional(),
  state: z.enum(['open', 'closed']).optional(),
  /** Why it cannot be brought up to date at the moment; its owner was told. */
  trouble: z.looseObject({ why: z.string(), since: Instant }).optional(),
});
export type IssueLink = z.infer<typeof IssueLink>;

/** What will be done about it, until it is proven. */
export const ActionItem = z.looseObject({
  ...aggregate('action-item'),
  ...fields,
  status: ActionItemStatus,
  /** Moves on with every change of status, owner or date; what was promised under an older one is dropped. */
  generation: z.number().int(),
  followUp: FollowUp,
  /** When it was to be done as it was made: what is open again gets as much time as it had then. */
  firstDueAt: Instant.optional(),
  doneAt: Instant.optional(),
  doneBy: Actor.optional(),
  provenAt: Instant.optional(),
  droppedBecause: z.string().optional(),
  /** How often it was open again after it was done. */
  reopenings: z.number().int(),
  reopenedBecause: z.string().optional(),
  /** The last incident in which one of its causes came up again: the same one counts once. */
  reopenedFor: z.string().optional(),
  link: IssueLink.optional(),
});
export type ActionItem = z.infer<typeof ActionItem>;

/** What of an action item can be changed later, too. */
export const ActionItemFields = z.strictObject({
  ...fields,
  dueAt: At,
  priority: Priority.default('medium'),
  origin: Origin.default({ type: 'by-hand' }),
  causeIds: fields.causeIds.default([]),
  verification: VerificationBody,
});
export type ActionItemFields = z.infer<typeof ActionItemFields>;

export const ActionItemBody = ActionItemFields.extend({
  trackerId: z.string().describe('The tracker in which Firebreak creates an issue.').optional(),
  by: z.string().describe('Id of the person who assigns the item, if not the caller.').optional(),
});
export type ActionItemBody = z.infer<typeof ActionItemBody>;
