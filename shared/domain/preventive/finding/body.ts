import * as z from 'zod';
import { Text } from '../../aggregate.ts';
import { At } from '../../time.ts';
import { Technique } from '../review/review.ts';
import { causeIdOf } from './cause.ts';
import { CauseType, type Finding, FishboneCategory, PROBLEM } from './finding.ts';

const By = z.string().describe('Id of the person who found it, if not the caller.').optional();

const fields = {
  technique: Technique.exclude(['free-text']).describe('Defaults to the technique of the review.').optional(),
  text: Text,
  answers: z
    .array(z.string())
    .max(10)
    .describe(`Ids of the findings that this one answers, or \`${PROBLEM}\` for the review's problem itself.`)
    .default([]),
  category: FishboneCategory.describe('Of a fishbone, for what answers the problem.').optional(),
  gate: z.enum(['and', 'or']).describe('Of a fault tree: all of what answers it, or any.').optional(),
  at: At.describe('Of a timeline: when it happened.').optional(),
  evidenceIds: z.array(z.string()).max(20).default([]),
  cause: z
    .strictObject({
      type: CauseType.optional(),
      sameAs: z.string().describe('A known cause of this client.').optional(),
    })
    .describe('The finding is a cause: no other finding answers it.')
    .optional(),
};

/** What a finding is to say; all of it is checked against the others. */
export const FindingContent = z.strictObject(fields);
export type FindingContent = z.infer<typeof FindingContent>;

export const FindingBody = z.strictObject({ by: By, ...fields });
export type FindingBody = z.infer<typeof FindingBody>;

/** A merge patch; what it makes of the whole is checked as a whole. */
export const FindingPatch = z
  .looseObject({ by: By })
  .describe('A merge patch (RFC 7396): fields left out stay unchanged, `null` removes a field.');

/** A finding as it would be sent. */
export const contentOf = (finding: Finding): FindingContent => {
  const { technique, text, answers, category, gate, at, evidenceIds, cause } = finding;
  const isOwn = cause?.id === causeIdOf(finding.id);
  return {
    ...{ technique, text, answers, evidenceIds },
    ...(category ? { category } : {}),
    ...(gate ? { gate } : {}),
    ...(at ? { at } : {}),
    // Of which type another's is, that one says.
    ...(cause ? { cause: isOwn ? { type: cause.type } : { sameAs: cause.id } } : {}),
  };
};
