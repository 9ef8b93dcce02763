import { type ReviewSection, SECTIONS, type SectionName } from '../../domain/preventive/review/section.ts';
import { type SectionBody, write } from '../../domain/preventive/review/section-writing.ts';
import type { Writer } from '../directory/crud.ts';
import type { Ports } from '../engine/ports.ts';
import { editReview } from './edit.ts';

/**
 * Writes a section. Of two people who write the same one, the second is told; who sends what stands there already has
 * an outcome that changes nothing. `ifMatch` is the version of the section.
 */
export const writeSection = (
  ports: Ports,
  { ifMatch, ...caller }: Writer,
  { id, name, body }: { id: string; name: SectionName; body: SectionBody },
): Promise<ReviewSection> =>
  editReview(ports, caller, {
    id,
    by: body.by,
    decide: async ({ review, actor, invocation }) => {
      const before = await ports.store.get({ kind: 'review-section', reviewId: review.id, name });
      const section = write({ review, before, name, body, ifMatch }, { actor, invocation });
      const what = `the section “${SECTIONS[name].heading}” was written.`;
      const writes = section === before ? [] : [{ put: section, guard: before?.version ?? ('new' as const) }];
      return { writes, what, result: section };
    },
  });
