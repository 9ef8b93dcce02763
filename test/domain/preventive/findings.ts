import type { Evidence } from '../../../shared/domain/preventive/evidence/evidence.ts';
import { FindingContent } from '../../../shared/domain/preventive/finding/body.ts';
import type { Finding } from '../../../shared/domain/preventive/finding/finding.ts';
import {
  addFinding,
  type Context,
  changeFinding,
} from '../../../shared/domain/preventive/finding/writing.ts';
import { PREVENTIVE_SAMPLES } from '../../store/preventive-samples.ts';

export const NOW = '2026-01-06T10:00:00.000Z';
export const ada = { kind: 'person', id: 'per_ada', name: 'Ada' } as const;
export const bo = { kind: 'person', id: 'per_bo', name: 'Bo' } as const;

/** A finding of five whys that answers the problem, unless told otherwise. */
export const finding = (id: string, changes: Partial<Finding> = {}): Finding => ({
  ...{ kind: 'finding', reviewId: 'rev_1', id, clientId: 'cli_1', version: 1 },
  ...{ createdAt: NOW, updatedAt: NOW, technique: 'five-whys', text: `It was ${id}`, answers: ['problem'] },
  ...{ evidenceIds: [], writtenBy: bo, ...changes },
});

export const evidence = (id: string, changes: Partial<Evidence> = {}): Evidence => ({
  ...PREVENTIVE_SAMPLES.evidence,
  ...{ reviewId: 'rev_1', id, clientId: 'cli_1', ...changes },
});

export const context = (changes: Partial<Context> = {}): Context => ({
  ...{ review: PREVENTIVE_SAMPLES.review, findings: [], evidence: [], known: undefined, ...changes },
});

let drawn = 0;

/** Ada acts, with a draw of her own. */
export const by = () => {
  drawn += 1;
  return { actor: ada, invocation: { now: NOW, id: String(drawn).padStart(26, '0') } };
};

/** Ada adds a finding with these fields. */
export const adds = (fields: object, beside: Partial<Context> = {}): Finding =>
  addFinding(context(beside), FindingContent.parse({ text: 'A reason', ...fields }), by());

/** Ada changes `before` to say these fields. */
export const changes = (
  before: Finding,
  fields: object,
  { ifMatch, ...beside }: Partial<Context> & { ifMatch?: number } = {},
): Finding =>
  changeFinding(
    context(beside),
    { before, content: FindingContent.parse({ text: before.text, ...fields }), ifMatch },
    by(),
  );
