import { derive, type Invocation } from '../../id.ts';
import type { Actor } from '../../outbox/actor.ts';
import { invalid } from '../../parse.ts';
import { Refused } from '../../refused.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Cause } from '../recurrence/cause.ts';
import type { Review } from '../review/review.ts';
import { requireRead } from '../review/written-since.ts';
import { contentOf, type FindingContent } from './body.ts';
import { causeIdOf } from './cause.ts';
import { type Candidate, problemsOf } from './checks.ts';
import type { Finding } from './finding.ts';
import { answersTo, quoted } from './graph.ts';

const MOST_FINDINGS = 200;

/** All that a finding is checked against. */
export interface Context {
  review: Review;
  findings: readonly Finding[];
  evidence: readonly Evidence[];
  /** The cause that it is said to be the same as, where that is one of the same client. */
  known: Cause | undefined;
}

interface By {
  actor: Actor;
  invocation: Invocation;
}

/**
 * A new finding that fits the others.
 * @throws Refused `invalid` with everything that does not; `illegal-move` when the review is full.
 */
export const addFinding = (context: Context, content: FindingContent, { actor, invocation }: By): Finding => {
  const { review, findings } = context;
  if (findings.length >= MOST_FINDINGS)
    throw new Refused('illegal-move', `A review can have at most ${MOST_FINDINGS} findings.`);
  const id = derive('fnd', invocation, 'finding');
  return {
    ...{ kind: 'finding', reviewId: review.id, id, clientId: review.clientId, version: 1 },
    ...{ createdAt: invocation.now, updatedAt: invocation.now },
    ...fitted(context, id, content),
    writtenBy: actor,
  };
};

/**
 * The finding as it is after the change; the very one that was there when it says so already.
 * @throws Refused `invalid` with everything that does not fit; `stale` over what somebody else wrote.
 */
export const changeFinding = (
  context: Context,
  { before, content, ifMatch }: { before: Finding; content: FindingContent; ifMatch: number | undefined },
  { actor, invocation }: By,
): Finding => {
  const { category: _, gate: __, at: ___, cause: ____, ...kept } = before;
  const after: Finding = { ...kept, ...fitted(context, before.id, content) };
  if (JSON.stringify(contentOf(after)) === JSON.stringify(contentOf(before))) return before;
  requireRead(before, { actor, ifMatch });
  return { ...after, version: before.version + 1, updatedAt: invocation.now, writtenBy: actor };
};

/**
 * @throws Refused `in-use`, naming what answers it; `stale` when it was seen in another version.
 */
export const requireRemovable = (
  finding: Finding,
  { findings, actor, ifMatch }: { findings: readonly Finding[]; actor: Actor; ifMatch: number | undefined },
): void => {
  if (ifMatch !== undefined) requireRead(finding, { actor, ifMatch });
  const answers = answersTo(findings, finding.id);
  if (answers.length === 0) return;
  throw new Refused(
    'in-use',
    `This finding is answered by ${answers.map(quoted).join(', ')}. Remove those first, or let them answer another finding.`,
  );
};

type Fields = Pick<
  Finding,
  'technique' | 'text' | 'answers' | 'category' | 'gate' | 'at' | 'evidenceIds' | 'cause'
>;

/** What the finding says, once all of it fits. */
const fitted = ({ review, ...beside }: Context, id: string, content: FindingContent): Fields => {
  const technique = content.technique ?? review.technique;
  if (technique === 'free-text')
    throw invalid([{ path: 'body.technique', message: 'is required: this review is written in free text' }]);
  const candidate: Candidate = { ...content, id, technique };
  const problems = problemsOf(candidate, beside);
  if (problems.length > 0) throw invalid(problems);
  const { cause: _, answers, evidenceIds, ...fields } = content;
  return {
    ...fields,
    ...{ technique, answers: [...new Set(answers)], evidenceIds: [...new Set(evidenceIds)] },
    ...causeOf(candidate, beside.known),
  };
};

const causeOf = ({ id, cause }: Candidate, known: Cause | undefined): Pick<Finding, 'cause'> => {
  const type = cause?.type ?? known?.type;
  return cause && type ? { cause: { id: cause.sameAs ?? causeIdOf(id), type } } : {};
};
