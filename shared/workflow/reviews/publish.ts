import { clientMarkdown, clientTitle } from '../../domain/preventive/document/document.ts';
import { leaksIn } from '../../domain/preventive/document/leaks.ts';
import { publish } from '../../domain/preventive/review/publishing.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import type { Writer } from '../directory/crud.ts';
import { added } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import { runReviewAction } from './actions.ts';
import { documentContext, internalOf } from './document.ts';
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
  runReviewAction(ports, caller, {
    id,
    by,
    decide: async (review, deciding) => {
      const { plan, publication } = publish(review, await versionOf(ports, review), deciding);
      return { plan, also: publication ? [added(publication)] : [] };
    },
  });

const versionOf = async (ports: Ports, review: Review) => {
  const [contents, context, internal] = await Promise.all([
    contentsOf(ports, review),
    documentContext(ports, review),
    internalOf(ports, review),
  ]);
  const leaks = leaksIn(contents, internal);
  return { title: clientTitle(contents, context), markdown: clientMarkdown(contents, context), leaks };
};
