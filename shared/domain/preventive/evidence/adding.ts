import * as z from 'zod';
import { Name } from '../../aggregate.ts';
import { derive, type Invocation } from '../../id.ts';
import type { Actor } from '../../outbox/actor.ts';
import { invalid } from '../../parse.ts';
import { Refused } from '../../refused.ts';
import { At, type Instant } from '../../time.ts';
import type { Finding } from '../finding/finding.ts';
import { quoted } from '../finding/graph.ts';
import type { Review } from '../review/review.ts';
import { type Evidence, isThere } from './evidence.ts';
import { keyOfFile, mismatchOf, problemsOfFile, type Seen } from './file.ts';

const MOST_EVIDENCE = 100;

const by = z.string().describe('Id of the person who adds the evidence, if not the caller.').optional();

const LogGroup = z
  .strictObject({
    name: z.string().regex(/^[\w./#-]{1,512}$/, 'must be the name of a CloudWatch log group'),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+){1,3}-\d$/, 'must be a region such as eu-west-1')
      .optional(),
    from: At.optional(),
    to: At.optional(),
    query: z.string().min(1).max(2000).describe('Of CloudWatch Logs Insights.').optional(),
  })
  .refine(({ from, to }) => !from || !to || from < to, { path: ['to'], message: 'must be after `from`' });

const File = z.strictObject({
  name: Name.regex(/^(?!\.+$)[^/\\]*$/, 'must be a plain name, without slashes'),
  contentType: z.string(),
  size: z.int().min(1).describe('Bytes, exactly.'),
});

export const EvidenceBody = z.discriminatedUnion('type', [
  z.strictObject({
    ...{ by, type: z.literal('link'), title: Name },
    url: z
      .url({
        protocol: /^https?$/,
        normalize: true,
        error: 'must be an address that begins with http or https',
      })
      .max(2000, 'must have 2000 characters at most'),
  }),
  z.strictObject({ by, type: z.literal('log-group'), title: Name, logGroup: LogGroup }),
  z.strictObject({ by, type: z.literal('metric'), title: Name, file: File }),
  z.strictObject({ by, type: z.literal('file'), title: Name, file: File }),
]);
export type EvidenceBody = z.infer<typeof EvidenceBody>;

/**
 * A new piece of evidence; a file is one once it has arrived.
 * @throws Refused `invalid` with what is allowed; `illegal-move` when the review is full.
 */
export const addEvidence = (
  { review, evidence }: { review: Pick<Review, 'id' | 'clientId'>; evidence: readonly Evidence[] },
  { by: _, ...body }: EvidenceBody,
  { actor, invocation }: { actor: Actor; invocation: Invocation },
): Evidence => {
  if (evidence.length >= MOST_EVIDENCE)
    throw new Refused('illegal-move', `A review can have at most ${MOST_EVIDENCE} pieces of evidence.`);
  const id = derive('evd', invocation, 'evidence');
  const { id: reviewId, clientId } = review;
  const made = { kind: 'evidence' as const, reviewId, id, clientId, version: 1 };
  const added = { addedBy: actor, addedAt: invocation.now };
  if (body.type === 'link' || body.type === 'log-group') return { ...made, ...body, ...added };
  const problems = problemsOfFile(body.type, body.file);
  if (problems.length > 0) throw invalid(problems);
  const key = keyOfFile({ clientId, reviewId, evidenceId: id }, body.file);
  return { ...made, ...body, file: { ...body.file, key }, ...added };
};

/** The file of a piece of evidence. @throws Refused `illegal-move` when it has none. */
export const fileOf = ({ type, file }: Evidence): NonNullable<Evidence['file']> => {
  if (file) return file;
  throw new Refused('illegal-move', `This evidence is a ${type} and has no file.`);
};

/**
 * The evidence once what arrived is what was described; the very one that was there when it had arrived already.
 * @throws Refused `illegal-move` with what is wrong: until then it is no evidence.
 */
export const arrive = (evidence: Evidence, seen: Seen | undefined, now: Instant): Evidence => {
  const file = fileOf(evidence);
  if (isThere(evidence)) return evidence;
  if (!seen)
    throw new Refused(
      'illegal-move',
      'The file has not been uploaded. Send it with PUT to its upload address first.',
    );
  const mismatch = mismatchOf(file, seen);
  if (mismatch)
    throw new Refused(
      'illegal-move',
      `The uploaded file does not match: ${mismatch}. Remove this evidence and add it again.`,
    );
  return { ...evidence, version: evidence.version + 1, file: { ...file, arrivedAt: now } };
};

/** @throws Refused `in-use`, naming the findings that it carries. */
export const requireUncarried = ({ id }: Evidence, findings: readonly Finding[]): void => {
  const carried = findings.filter(({ evidenceIds }) => evidenceIds.includes(id));
  if (carried.length === 0) return;
  throw new Refused(
    'in-use',
    `This evidence is used by ${carried.map(quoted).join(', ')}. Remove it from there first.`,
  );
};
