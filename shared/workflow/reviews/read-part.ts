import type { Principal } from '../../domain/directory/access.ts';
import type { Evidence } from '../../domain/preventive/evidence/evidence.ts';
import type { Finding } from '../../domain/preventive/finding/finding.ts';
import { type ReviewSection, SECTIONS, type SectionName } from '../../domain/preventive/review/section.ts';
import { Refused } from '../../domain/refused.ts';
import { all } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';
import { readableReview } from './read.ts';

/** All findings and all evidence of a review: what either is checked against. */
export const analysisOf = async (
  ports: Ports,
  reviewId: string,
): Promise<{ findings: Finding[]; evidence: Evidence[] }> => {
  const [findings, evidence] = await Promise.all([
    all(ports, { of: 'finding', reviewId }),
    all(ports, { of: 'evidence', reviewId }),
  ]);
  return { findings, evidence };
};

/** What was looked for. @throws Refused `not-found` when it is not there. */
export const requirePart = <T>(part: T | undefined, called: string): T => {
  if (part === undefined) throw new Refused('not-found', `This ${called} does not exist in this review.`);
  return part;
};

interface At {
  /** Of the review. */
  id: string;
}

export const showSection = async (
  ports: Ports,
  principal: Principal,
  { id, name }: At & { name: SectionName },
): Promise<ReviewSection> => {
  await readableReview(ports, principal, id);
  const section = await ports.store.get({ kind: 'review-section', reviewId: id, name });
  if (!section)
    throw new Refused('not-found', `Nobody has written “${SECTIONS[name].heading}” in this review yet.`);
  return section;
};

export const showFinding = async (
  ports: Ports,
  principal: Principal,
  { id, findingId }: At & { findingId: string },
): Promise<Finding> => {
  await readableReview(ports, principal, id);
  return requirePart(await ports.store.get({ kind: 'finding', reviewId: id, id: findingId }), 'finding');
};
