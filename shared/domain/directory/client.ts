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

export const ClientBody = z.strictObject(fields);
export type ClientBody = z.infer<typeof ClientBody>;
