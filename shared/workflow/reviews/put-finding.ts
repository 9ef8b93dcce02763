import { parse } from '../../domain/parse.ts';
import { contentOf, type FindingBody, FindingContent } from '../../domain/preventive/finding/body.ts';
import type { Finding } from '../../domain/preventive/finding/finding.ts';
import { quoted } from '../../domain/preventive/finding/graph.ts';
import { addFinding, changeFinding, requireRemovable } from '../../domain/preventive/finding/writing.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import type { Writer } from '../directory/crud.ts';
import { mergePatch } from '../directory/merge-patch.ts';
import type { Caller } from '../engine/caller.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { causeWrites } from './cause-writes.ts';
import { editReview } from './edit.ts';
import { analysisOf, requirePart } from './read-part.ts';

/** Adds a finding that fits all the others; a cause that it is is written with it. */
export const putFinding = (
  ports: Ports,
  caller: Caller,
  { id, body }: { id: string; body: FindingBody },
): Promise<Finding> =>
  editReview(ports, caller, {
    id,
    by: body.by,
    decide: async ({ review, actor, invocation }) => {
      const { by: _, ...content } = body;
      const finding = addFinding(await loadContext(ports, review, content), content, { actor, invocation });
      const turn = { before: undefined, after: finding };
      const causes = await causeWrites(ports, turn, { review, now: invocation.now });
      const writes: Write[] = [{ put: finding, guard: 'new' }, ...causes];
      return { writes, what: `${quoted(finding)} was found.`, result: finding };
    },
  });

interface Named {
  /** Of the review. */
  id: string;
  findingId: string;
  by?: string | undefined;
}

/** Changes a finding by a merge patch, as long as all of them still fit. `ifMatch` is the version of the finding. */
export const patchFinding = (
  ports: Ports,
  { ifMatch, ...caller }: Writer,
  { id, findingId, by, patch }: Named & { patch: object },
): Promise<Finding> =>
  editReview(ports, caller, {
    id,
    by,
    decide: async ({ review, actor, invocation }) => {
      const before = await findingOf(ports, id, findingId);
      const content = parse(FindingContent, mergePatch(contentOf(before), patch), 'body');
      const context = await loadContext(ports, review, content);
      const finding = changeFinding(context, { before, content, ifMatch }, { actor, invocation });
      if (finding === before) return { writes: [], what: '', result: before };
      const causes = await causeWrites(ports, { before, after: finding }, { review, now: invocation.now });
      const writes: Write[] = [{ put: finding, guard: before.version }, ...causes];
      return { writes, what: `${quoted(finding)} was changed.`, result: finding };
    },
  });

/** Removes a finding that no other finding answers. */
export const removeFinding = (
  ports: Ports,
  { ifMatch, ...caller }: Writer,
  { id, findingId, by }: Named,
): Promise<void> =>
  editReview(ports, caller, {
    id,
    by,
    decide: async ({ review, actor, invocation }) => {
      const finding = await findingOf(ports, id, findingId);
      const { findings } = await analysisOf(ports, review.id);
      requireRemovable(finding, { findings, actor, ifMatch });
      const turn = { before: finding, after: undefined };
      const causes = await causeWrites(ports, turn, { review, now: invocation.now });
      const writes: Write[] = [{ remove: finding, guard: finding.version }, ...causes];
      return { writes, what: `${quoted(finding)} was removed.`, result: undefined };
    },
  });

const findingOf = async (ports: Ports, reviewId: string, id: string): Promise<Finding> =>
  requirePart(await ports.store.get({ kind: 'finding', reviewId, id }), 'finding');

/** All that a finding is checked against. Another client's cause is one that is not there. */
const loadContext = async (ports: Ports, review: Review, { cause }: FindingContent) => {
  const sameAs = cause?.sameAs;
  const [analysis, known] = await Promise.all([
    analysisOf(ports, review.id),
    sameAs ? ports.store.get({ kind: 'cause', id: sameAs }) : undefined,
  ]);
  return { review, ...analysis, known: known?.clientId === review.clientId ? known : undefined };
};
