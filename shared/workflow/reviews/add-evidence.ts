import { authorise, type Principal } from '../../domain/directory/access.ts';
import { oneLine } from '../../domain/one-line.ts';
import {
  addEvidence as add,
  arrive,
  type EvidenceBody,
  fileOf,
  requireUncarried,
} from '../../domain/preventive/evidence/adding.ts';
import { type Evidence, isThere } from '../../domain/preventive/evidence/evidence.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import { Refused } from '../../domain/refused.ts';
import { requireVersion, type Writer } from '../directory/crud.ts';
import type { Caller } from '../engine/caller.ts';
import type { Files, Ports } from '../engine/ports.ts';
import { editReview } from './edit.ts';
import { readableReview } from './read.ts';
import { analysisOf, requirePart } from './read-part.ts';

type Upload = Awaited<ReturnType<Files['uploadAddress']>>;

/** Evidence; while its file is not there, with where that may be sent. */
export type EvidenceView = Evidence & { upload?: Upload };

/** Adds evidence. A file is evidence once it has arrived. */
export const addEvidence = async (
  ports: Ports,
  caller: Caller,
  { id, body }: { id: string; body: EvidenceBody },
): Promise<EvidenceView> => {
  const added = await editReview(ports, caller, {
    id,
    by: body.by,
    decide: async ({ review, actor, invocation }) => {
      const { evidence } = await analysisOf(ports, review.id);
      const put = add({ review, evidence }, body, { actor, invocation });
      return { writes: [{ put, guard: 'new' }], what: `evidence was added: ${titled(put)}.`, result: put };
    },
  });
  return withUpload(ports, added);
};

const titled = ({ title }: Evidence): string => `“${oneLine(title)}”`;

/** The address is derived whenever it is asked for, and kept nowhere. */
const withUpload = async (ports: Ports, evidence: Evidence): Promise<EvidenceView> => {
  const { file } = evidence;
  return file && !isThere(evidence)
    ? { ...evidence, upload: await ports.files.uploadAddress(file) }
    : evidence;
};

interface Named {
  /** Of the review. */
  id: string;
  evidenceId: string;
  by?: string | undefined;
}

const evidenceOf = async (ports: Ports, { id: reviewId, evidenceId: id }: Named): Promise<Evidence> =>
  requirePart(await ports.store.get({ kind: 'evidence', reviewId, id }), 'piece of evidence');

/** One piece of evidence; whoever may write gets a new address to send its file to, while that is not there. */
export const showEvidence = async (
  ports: Ports,
  principal: Principal,
  named: Named,
): Promise<EvidenceView> => {
  const review = await readableReview(ports, principal, named.id);
  const evidence = await evidenceOf(ports, named);
  return mayWrite(principal, review) ? withUpload(ports, evidence) : evidence;
};

const mayWrite = (principal: Principal, { clientId }: Review): boolean => {
  try {
    authorise(principal, 'write', clientId);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
};

/** Looks at what was sent: if it is the file that was described, it is evidence from now on. */
export const fileArrived = (ports: Ports, caller: Caller, named: Named): Promise<Evidence> =>
  editReview(ports, caller, {
    id: named.id,
    by: named.by,
    decide: async ({ invocation }) => {
      const before = await evidenceOf(ports, named);
      const seen = isThere(before) ? undefined : await ports.files.look(fileOf(before).key);
      const after = arrive(before, seen, invocation.now);
      const writes = after === before ? [] : [{ put: after, guard: before.version }];
      return { writes, what: `the file of ${titled(before)} arrived.`, result: after };
    },
  });

/** From where the file of a piece of evidence may be fetched, for some minutes. */
export const fileAddress = async (
  ports: Ports,
  principal: Principal,
  named: Named,
): Promise<{ url: string; expiresAt: string }> => {
  await readableReview(ports, principal, named.id);
  const evidence = await evidenceOf(ports, named);
  const { key, name } = fileOf(evidence);
  if (!isThere(evidence)) throw new Refused('illegal-move', 'The file has not been uploaded yet.');
  return ports.files.downloadAddress({ key, name });
};

/** Removes evidence that no finding uses. What was sent stays in the store of files, where nothing leads to it. */
export const removeEvidence = (ports: Ports, { ifMatch, ...caller }: Writer, named: Named): Promise<void> =>
  editReview(ports, caller, {
    id: named.id,
    by: named.by,
    decide: async ({ review }) => {
      const evidence = await evidenceOf(ports, named);
      requireVersion(evidence, ifMatch);
      requireUncarried(evidence, (await analysisOf(ports, review.id)).findings);
      return {
        writes: [{ remove: evidence, guard: evidence.version }],
        what: `evidence was removed: ${titled(evidence)}.`,
        result: undefined,
      };
    },
  });
