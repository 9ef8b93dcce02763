import { authorise, type Principal, type Role } from '../../domain/directory/access.ts';
import type { Contents } from '../../domain/preventive/review/contents.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import type { HistoryEntry, Notice } from '../../domain/proactive/notice.ts';
import type { ListedKind, RecordOf } from '../../domain/records.ts';
import { Refused } from '../../domain/refused.ts';
import { every } from '../every.ts';
import { clientsFor, newestFirst } from '../newest-first.ts';
import type { Ports } from '../ports.ts';
import type { Page, PageRequest } from '../store-port.ts';

const noSuchReview = (): Refused => new Refused('not-found', 'There is no such review.');

/** @throws Refused `not-found`. */
export const reviewOf = async (ports: Ports, id: string): Promise<Review> => {
  const review = await ports.store.get({ kind: 'review', id });
  if (!review) throw noSuchReview();
  return review;
};

/** @throws Refused `not-found` in the same words for what is not here and for what is another client's. */
export const reviewFor = async (
  ports: Ports,
  principal: Principal,
  { id, role }: { id: string; role: Role },
): Promise<Review> => {
  const review = await reviewOf(ports, id);
  try {
    authorise(principal, role, review.clientId);
  } catch (error) {
    throw error instanceof Refused && error.code === 'not-found' ? noSuchReview() : error;
  }
  return review;
};

export const readableReview = (ports: Ports, principal: Principal, id: string): Promise<Review> =>
  reviewFor(ports, principal, { id, role: 'read' });

/** Nothing of a review grows without end: what is written in it is bounded where it is written. */
type Written = Extract<ListedKind, 'review-section' | 'finding' | 'evidence' | 'publication'>;

const all = async <K extends Written>(ports: Ports, of: K, reviewId: string): Promise<RecordOf<K>[]> => {
  const found: RecordOf<K>[] = [];
  for await (const record of every<K>(ports, { of, reviewId } as never)) found.push(record);
  return found;
};

export const contentsOf = async (ports: Ports, review: Review): Promise<Contents> => {
  const [sections, findings, evidence, publications] = await Promise.all([
    all(ports, 'review-section', review.id),
    all(ports, 'finding', review.id),
    all(ports, 'evidence', review.id),
    all(ports, 'publication', review.id),
  ]);
  return { review, sections, findings, evidence, publications };
};

type Query = PageRequest & { clientId?: string | undefined; status?: string[] | undefined };

/** Reviews of the clients that the principal may read, newest first. */
export const listReviews = async (
  ports: Ports,
  principal: Principal,
  { clientId: asked, status, limit, cursor }: Query,
): Promise<Page<Review>> => {
  const clients = await clientsFor(ports, principal, asked);
  const lists = (before: string | undefined) =>
    clients.map((clientId) => ({ of: 'review' as const, clientId, ...(before ? { before } : {}) }));
  const where = status && ((review: Review) => status.includes(review.status));
  return newestFirst<'review'>(ports, { lists, limit, cursor, ...(where ? { where } : {}) });
};

/** Part of a review: what happened to it, or what was written about it. Oldest first. */
export const listOfReview = async <K extends 'history-entry' | 'notice'>(
  ports: Ports,
  principal: Principal,
  { of, id, ...page }: PageRequest & { of: K; id: string },
): Promise<Page<K extends 'notice' ? Notice : HistoryEntry>> => {
  await readableReview(ports, principal, id);
  return ports.store.list({ of, subjectId: id } as never, page) as never;
};

export const showReview = async (ports: Ports, principal: Principal, id: string): Promise<Contents> =>
  contentsOf(ports, await readableReview(ports, principal, id));

/** What the client was given, from the first version. */
export const listPublications = async (
  ports: Ports,
  principal: Principal,
  { id, ...page }: PageRequest & { id: string },
): Promise<Page<RecordOf<'publication'>>> => {
  await readableReview(ports, principal, id);
  return ports.store.list({ of: 'publication', reviewId: id }, page);
};
