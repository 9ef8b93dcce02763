import { clientMarkdown, clientTitle } from '../../domain/preventive/document/document.ts';
import { leaksIn } from '../../domain/preventive/document/leaks.ts';
import { publish } from '../../domain/preventive/review/publishing.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import { added } from '../commit.ts';
import type { Writer } from '../directory/keep.ts';
import type { Ports } from '../ports.ts';
import { aroundDocument, internalOf } from './document.ts';
import { moveReview } from './moves.ts';
import { contentsOf } from './read.ts';

/**
 * Gives the client its version of an approved review, in fixed words, and tells everybody who is to have it.
 * @throws Refused `illegal-move` before it is approved, `invalid` with everything internal that is in it.
 */
export const publishReview = (
  ports: Ports,
  caller: Writer,
  { id, by }: { id: string; by?: string | undefined },
): Promise<Review> =>
  moveReview(ports, caller, {
    id,
    by,
    decide: async (review, deciding) => {
      const { plan, publication } = publish(review, await versionOf(ports, review), deciding);
      return { plan, also: publication ? [added(publication)] : [] };
    },
  });

const versionOf = async (ports: Ports, review: Review) => {
  const [contents, around, internal] = await Promise.all([
    contentsOf(ports, review),
    aroundDocument(ports, review),
    internalOf(ports, review),
  ]);
  const leaks = leaksIn(contents, internal);
  return { title: clientTitle(contents, around), markdown: clientMarkdown(contents, around), leaks };
};
