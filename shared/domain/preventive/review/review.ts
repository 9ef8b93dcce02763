import * as z from 'zod';
import { aggregate, Name } from '../../aggregate.ts';
import { Actor } from '../../outbox/actor.ts';
import { Severity } from '../../outbox/severity.ts';
import { Instant } from '../../time.ts';

/** How the cause is looked for. Five whys unless somebody chooses another. */
export const Technique = z.enum(['five-whys', 'fishbone', 'fault-tree', 'timeline', 'free-text']);
export type Technique = z.infer<typeof Technique>;

/** Why a review is due. */
export const ReviewReason = z.enum(['always', 'severity', 'breach', 'repeat', 'by-hand']);
export type ReviewReason = z.infer<typeof ReviewReason>;

/**
 * `writing → in-review → approved → published`; a change of its contents after that brings it back to `in-review`.
 * `waived` is one that somebody answers for not writing.
 */
export const ReviewStatus = z.enum(['writing', 'in-review', 'approved', 'published', 'waived']);
export type ReviewStatus = z.infer<typeof ReviewStatus>;

export const ApproverRole = z.enum(['technical-lead', 'project-manager']);
export type ApproverRole = z.infer<typeof ApproverRole>;

/** Where a review names who approves it in a role. */
export const APPROVER_FIELDS = {
  'technical-lead': 'technicalLeadId',
  'project-manager': 'projectManagerId',
} as const satisfies Record<ApproverRole, string>;

export const APPROVER_ROLES = ApproverRole.options;

export const Approval = z.looseObject({
  role: ApproverRole,
  by: z.string(),
  name: z.string(),
  at: Instant,
  /** The revision that was read. */
  revision: z.number().int(),
});
export type Approval = z.infer<typeof Approval>;

/** So many fit in a review of less than 4 KB. */
export const MOST_AUTHORS = 40;

/**
 * The review of one incident, `rev_` and the incident's own time and chance: an incident has one. Its sections,
 * findings, evidence and publications are items of their own beside it.
 */
export const Review = z.looseObject({
  ...aggregate('review'),
  clientId: z.string(),
  clientName: z.string(),
  serviceId: z.string(),
  serviceName: z.string(),
  incidentId: z.string(),
  incidentNumber: z.number().int(),
  /** Of the incident: how often it had been opened when this was filled in from it last. */
  episode: z.number().int(),
  title: z.string(),
  severity: Severity,
  status: ReviewStatus,
  /** Moves on with every change of status, of who is to do something or by when; what was promised before is dropped. */
  generation: z.number().int(),
  because: z.array(ReviewReason),
  dueAt: Instant,
  technique: Technique,
  /** The problem that the first "why" asks about. */
  problem: Name,
  /** Who is to see that it gets written; anyone may write. */
  ownerId: z.string().optional(),
  /** The two people who approve it, each in their own role. Without one of them it cannot be approved. */
  technicalLeadId: z.string().optional(),
  projectManagerId: z.string().optional(),
  /** Everybody who wrote part of it: none of them approves it. People's and keys' ids. */
  authors: z.array(z.string()).max(MOST_AUTHORS),
  /** Moves on with every change of the contents: an approval is of one revision. */
  revision: z.number().int(),
  approvals: z.array(Approval).max(2),
  submittedAt: Instant.optional(),
  approvedAt: Instant.optional(),
  publishedAt: Instant.optional(),
  /** How many versions the client was given. */
  publications: z.number().int(),
  waived: z.looseObject({ by: Actor, at: Instant, reason: z.string() }).optional(),
});
export type Review = z.infer<typeof Review>;

/** In which role somebody approves a review, as it names its approvers now; undefined when in none. */
export const approverRoleOf = (review: Review, personId: string): ApproverRole | undefined =>
  APPROVER_ROLES.find((role) => review[APPROVER_FIELDS[role]] === personId);

/** The review that an incident has, or would have. */
export const reviewIdOf = (incidentId: string): string => `rev_${incidentId.slice('inc_'.length)}`;

/** What is shown to the client, as it was given: fixed words, kept as proof. */
export const Publication = z.looseObject({
  kind: z.literal('publication'),
  reviewId: z.string(),
  /** Counts from 1 per review. */
  number: z.number().int(),
  clientId: z.string(),
  revision: z.number().int(),
  title: z.string(),
  markdown: z.string(),
  publishedAt: Instant,
  publishedBy: Actor,
  to: z.array(z.looseObject({ id: z.string(), name: z.string() })),
});
export type Publication = z.infer<typeof Publication>;

/** How a client's review documents are laid out: Markdown with `{{placeholders}}`, for us and for the client. */
export const ReviewTemplate = z.looseObject({
  kind: z.literal('review-template'),
  clientId: z.string(),
  version: z.number().int().min(1),
  createdAt: Instant,
  updatedAt: Instant,
  internal: z.string().max(20_000).optional(),
  client: z.string().max(20_000).optional(),
});
export type ReviewTemplate = z.infer<typeof ReviewTemplate>;
