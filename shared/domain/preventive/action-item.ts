import * as z from 'zod';
import { aggregate, Name, Text } from '../aggregate.ts';
import { Duration, Instant } from '../time.ts';
import { FollowUp } from './follow-up.ts';

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

/** How it is found out whether what was done holds. */
export const Verification = z.discriminatedUnion('type', [
  /** Somebody looks again at that time, and says whether this is so. */
  z.strictObject({ type: z.literal('statement'), statement: Text, lookAgainAt: Instant }),
  /** None of its causes comes up again for so long after it was done. */
  z.strictObject({ type: z.literal('no-recurrence'), for: Duration.default('P90D') }),
  /** The alert that an error in the logs comes in as stays away for so long after it was done. */
  z.strictObject({
    type: z.literal('log-error-stays-away'),
    alertId: z.string(),
    for: Duration.default('P30D'),
  }),
]);
export type Verification = z.infer<typeof Verification>;

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

/** The issue of a tracker that stands for the same work. */
export const IssueLink = z.looseObject({
  trackerId: z.string(),
  /** `42`, `OPS-17`; absent until the tracker has made one. */
  key: z.string().optional(),
  url: z.string().optional(),
  state: z.enum(['open', 'closed']).optional(),
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
  doneAt: Instant.optional(),
  provenAt: Instant.optional(),
  droppedBecause: z.string().optional(),
  /** How often it was open again after it was done. */
  reopenings: z.number().int(),
  /** The incident that opened it again last: the same one does so once. */
  reopenedFor: z.string().optional(),
  link: IssueLink.optional(),
});
export type ActionItem = z.infer<typeof ActionItem>;

/** Times may come with any offset; a day alone is not a time. */
const At = z.iso.datetime({ offset: true }).transform((at) => new Date(at).toISOString());

export const ActionItemBody = z.strictObject({
  ...fields,
  dueAt: At,
  priority: Priority.default('medium'),
  origin: Origin.default({ type: 'by-hand' }),
  causeIds: fields.causeIds.default([]),
});
export type ActionItemBody = z.infer<typeof ActionItemBody>;
