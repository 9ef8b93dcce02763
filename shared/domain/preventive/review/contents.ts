import type { Evidence } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import type { Publication, Review } from './review.ts';
import type { ReviewSection, SectionName } from './section.ts';

/** A review with all that is written in it. */
export interface Contents {
  review: Review;
  /** Only those that there are; in no particular order. */
  sections: ReviewSection[];
  /** Oldest first. */
  findings: Finding[];
  /** Oldest first. */
  evidence: Evidence[];
  /** The client's versions, from the first. */
  publications: Publication[];
}

/** What is written in a section; an empty text where there is none. */
export const textOf = ({ sections }: Pick<Contents, 'sections'>, name: SectionName): string =>
  sections.find((section) => section.name === name)?.text.trim() ?? '';
