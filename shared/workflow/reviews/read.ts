import type { Principal } from '../../domain/directory/access.ts';
import type { Contents } from '../../domain/preventive/review/contents.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import type { RecordOf } from '../../domain/records.ts';
import { findFor } from '../engine/find-for.ts';
import { all } from '../engine/list-all.ts';
import { clientsFor, newestFirst } from '../engine/newest-first.ts';
import type { Ports } from '../engine/ports.ts';
import type { Page, PageRequest } from '../engine/store-port.ts';

export const readableReview = (ports: Ports, principal: Principal, id: string): Promise<Review> =>
  findFor(ports, principal, { kind: 'review', id, role: 'read' });

/** All of a review. Nothing of it grows without end: what is written in it is bounded where it is written. */
export const contentsOf = async (ports: Ports, review: Review): Promise<Contents> => {
  const { id: reviewId } = review;
  const [sections, findings, evidence, publications] = await Promise.all([
    all(ports, { of: 'review-section', reviewId }),
    all(ports, { of: 'finding', reviewId }),
    all(ports, { of: 'evidence', reviewId }),
    all(ports, { of: 'publication', reviewId }),
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
