import * as z from 'zod';
import { aggregate, Name } from '../aggregate.ts';
import { type Resource, references } from '../resource.ts';
import { FollowUp, ReviewRule } from './follow-up.ts';

const fields = {
  name: Name,
  /** Approves reviews, and hears of what is overdue after its owner. */
  technicalLeadId: z.string().optional(),
  /** Approves reviews too, and hears of what is overdue last. */
  projectManagerId: z.string().optional(),
  /** Which incidents have a review; without it none has, unless somebody asks for one. */
  reviewRule: ReviewRule.optional(),
  /** When people hear of action items; without it as `FollowUp` says. */
  followUp: FollowUp.optional(),
};

/** Who we run systems for. */
export const Client = z.looseObject({ ...aggregate('client'), ...fields });
export type Client = z.infer<typeof Client>;

const problem = (path: (string | number)[], message: string) => ({
  ...{ code: 'custom' as const, input: undefined },
  ...{ path, message },
});

export const ClientBody = z
  .strictObject(fields)
  .check(({ value: { technicalLeadId, projectManagerId }, issues }) => {
    if (technicalLeadId === undefined || technicalLeadId !== projectManagerId) return;
    const message = 'must not be the technical lead: two different people approve a review';
    issues.push(problem(['projectManagerId'], message));
  })
  .check(({ value: { reviewRule }, issues }) => {
    const ids = reviewRule?.publishTo.map(({ id }) => id) ?? [];
    const message = 'belongs to another reader: each reader needs their own address';
    for (const [place, id] of ids.entries())
      if (ids.indexOf(id) < place) issues.push(problem(['reviewRule', 'publishTo', place, 'id'], message));
  });
export type ClientBody = z.infer<typeof ClientBody>;

export const clients: Resource<Client> = {
  kind: 'client',
  prefix: 'cli',
  path: 'clients',
  called: 'client',
  api: 'directory',
  owner: 'itself',
  record: Client,
  body: ClientBody,
  shown: Object.keys(fields),
  references: ({ technicalLeadId, projectManagerId }) =>
    references(
      ['person', technicalLeadId, 'body.technicalLeadId'],
      ['person', projectManagerId, 'body.projectManagerId'],
    ),
  warnings: ({ reviewRule, technicalLeadId, projectManagerId }) =>
    reviewRule && !(technicalLeadId && projectManagerId)
      ? ['Reviews of this client cannot be approved: set technicalLeadId and projectManagerId.']
      : [],
  example: { name: 'Example Shop' },
};
