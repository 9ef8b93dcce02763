import * as z from 'zod';
import { Name, Text } from '../../shared/domain/aggregate.ts';
import { Actor } from '../../shared/domain/outbox/actor.ts';
import type { Contents } from '../../shared/domain/preventive/review/contents.ts';
import {
  Approval,
  Publication,
  Review,
  ReviewStatus,
  Technique,
} from '../../shared/domain/preventive/review/review.ts';
import { At } from '../../shared/domain/time.ts';
import { historyRoutes } from '../../shared/edge/history-routes.ts';
import { commaSeparated, ListQuery, listOf } from '../../shared/edge/list-query.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import {
  approveReview,
  askForChanges,
  submitReview,
  waiveReview,
} from '../../shared/workflow/reviews/actions.ts';
import { changeReview } from '../../shared/workflow/reviews/change.ts';
import { openReview, ReviewBody } from '../../shared/workflow/reviews/open.ts';
import { publishReview } from '../../shared/workflow/reviews/publish.ts';
import { listPublications, listReviews, showReview } from '../../shared/workflow/reviews/read.ts';
import { EvidenceView, FindingView, SectionView } from './review-contents.ts';

const { kind: _, generation: __, episode: ___, ...fields } = Review.shape;
const ReviewView = z.object({
  ...fields,
  approvals: z.array(z.object(Approval.shape)),
  waived: z.object({ by: z.object(Actor.shape), at: z.string(), reason: z.string() }).optional(),
});

const { kind: ____, reviewId: _____, clientId: ______, ...publication } = Publication.shape;
const PublicationView = z.object({
  ...publication,
  publishedBy: z.object(Actor.shape),
  to: z.array(z.object({ id: z.string(), name: z.string() })),
});

const WholeReview = ReviewView.extend({
  sections: z.array(SectionView),
  findings: z.array(FindingView),
  evidence: z.array(EvidenceView),
});

const whole = ({ review, sections, findings, evidence }: Contents) => ({
  ...review,
  ...{ sections, findings, evidence },
});

const Query = ListQuery.extend({
  clientId: z.string().optional(),
  status: commaSeparated(ReviewStatus, 'writing,in-review').optional(),
});

const by = z.string().describe('Id of the person who does this, if not the caller.').optional();
const ByBody = z.strictObject({ by }).default({});
const ChangeBody = z.strictObject({
  by,
  ownerId: z.string().describe('The owner, who makes sure that the review gets written.').optional(),
  technicalLeadId: z.string().optional(),
  projectManagerId: z.string().optional(),
  dueAt: At.optional(),
  technique: Technique.optional(),
  problem: Name.describe('The problem that the first "why" asks about.').optional(),
});
const ApprovalBody = z.strictObject({
  by: z.string().describe('Id of the technical lead or the project manager.').optional(),
  revision: z.number().int().describe('The revision you read; rejected if there is a newer one.').optional(),
  note: Text.optional(),
});
const ChangesBody = z.strictObject({ by, note: Text.describe('What should change.') });
/** It is kept in the review itself, which is small. */
const WaiverBody = z.strictObject({ by, reason: z.string().trim().min(1).max(500) });

const PATH = '/v1/reviews';
const ONE = `${PATH}/{id}` as const;

const reviews: Route[] = [
  route(
    `POST ${PATH}`,
    {
      about:
        'Opens the review of an incident and fills in what is known. If the incident already has a review, that one is returned.',
      needs: 'write',
      body: ReviewBody,
      response: ReviewView,
      status: 201,
      location: ({ id }: { id: string }) => `${PATH}/${id}`,
    },
    ({ ports, caller, body }) => openReview(ports, caller, body),
  ),
  route(
    `GET ${PATH}`,
    { about: 'Lists reviews, newest first.', needs: 'read', query: Query, response: listOf(ReviewView) },
    ({ ports, caller, query }) => listReviews(ports, caller.principal, query),
  ),
  route(
    `GET ${ONE}`,
    {
      about: 'Shows a review with its full contents.',
      needs: 'read',
      response: WholeReview,
      present: whole,
    },
    ({ ports, caller, path: { id } }) => showReview(ports, caller.principal, id),
  ),
  route(
    `PATCH ${ONE}`,
    {
      about: 'Changes the owner, due date, approvers or problem of a review.',
      needs: 'write',
      body: ChangeBody,
      response: ReviewView,
    },
    ({ ports, caller, ifMatch, path: { id }, body }) =>
      changeReview(ports, { ...caller, ifMatch }, { id, patch: body }),
  ),
];

const moves: Route[] = [
  route(
    `POST ${ONE}/submission`,
    {
      about: 'Submits the review to both approvers. Rejected with a list of everything that is missing.',
      needs: 'write',
      body: ByBody,
      response: ReviewView,
    },
    ({ ports, caller, ifMatch, path: { id }, body }) =>
      submitReview(ports, { ...caller, ifMatch }, { id, ...body }),
  ),
  route(
    `POST ${ONE}/approvals`,
    {
      about: 'Approves the review as its technical lead or project manager. Authors cannot approve.',
      needs: 'write',
      body: ApprovalBody,
      response: ReviewView,
    },
    ({ ports, caller, ifMatch, path: { id }, body }) =>
      approveReview(ports, { ...caller, ifMatch }, { id, ...body }),
  ),
  route(
    `POST ${ONE}/changes`,
    {
      about: 'Asks for changes as an approver. The review returns to writing, and its owner is notified.',
      needs: 'write',
      body: ChangesBody,
      response: ReviewView,
    },
    ({ ports, caller, ifMatch, path: { id }, body }) =>
      askForChanges(ports, { ...caller, ifMatch }, { id, ...body }),
  ),
  route(
    `POST ${ONE}/publication`,
    {
      about:
        'Publishes the client version of an approved review. Rejected with a list of any internal details in the text.',
      needs: 'write',
      body: ByBody,
      response: ReviewView,
    },
    ({ ports, caller, ifMatch, path: { id }, body }) =>
      publishReview(ports, { ...caller, ifMatch }, { id, ...body }),
  ),
  route(
    `POST ${ONE}/waiver`,
    {
      about: 'Waives the review, on the responsibility of an approver.',
      needs: 'write',
      body: WaiverBody,
      response: ReviewView,
    },
    ({ ports, caller, ifMatch, path: { id }, body }) =>
      waiveReview(ports, { ...caller, ifMatch }, { id, ...body }),
  ),
];

const proof: Route[] = [
  route(
    `GET ${ONE}/publications`,
    {
      about: 'Lists every version published to the client, oldest first, with its exact text.',
      needs: 'read',
      query: ListQuery,
      response: listOf(PublicationView),
    },
    ({ ports, caller, path: { id }, query }) => listPublications(ports, caller.principal, { id, ...query }),
  ),
  ...historyRoutes({ kind: 'review', path: ONE, called: 'a review' }),
];

export const routes: Route[] = [...reviews, ...moves, ...proof];
