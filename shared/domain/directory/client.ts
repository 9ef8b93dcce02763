import * as z from 'zod';
import { aggregate, Name } from '../aggregate.ts';
import { FollowUp, ReviewRule } from '../preventive/follow-up.ts';

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

export const ClientBody = z.strictObject(fields).check(({ value, issues }) => {
  const { technicalLeadId, projectManagerId } = value;
  if (technicalLeadId === undefined || technicalLeadId !== projectManagerId) return;
  issues.push({
    code: 'custom',
    input: projectManagerId,
    path: ['projectManagerId'],
    message: 'must be somebody else than the technical lead: a review needs the approval of both',
  });
});
export type ClientBody = z.infer<typeof ClientBody>;
