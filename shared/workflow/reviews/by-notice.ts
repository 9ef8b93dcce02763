import type { Principal } from '../../domain/directory/access.ts';
import type { Invocation } from '../../domain/id.ts';
import {
  type ApproverRole,
  approverRoleOf,
  type Publication,
  type Review,
} from '../../domain/preventive/review/review.ts';
import { Refused } from '../../domain/refused.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';
import type { Answered, Answering, NoticeLink, Said } from '../paging/notice-answering.ts';
import { approveReview, askForChanges } from './actions.ts';
import { documentOf, type ReviewDocument } from './document.ts';

/** A review, as one of ours sees it. */
export interface ReviewView {
  of: 'review';
  document: ReviewDocument;
  personName: string;
  /** In which role they approve it, if any. */
  role: ApproverRole | undefined;
  /** Whether it is theirs to approve now. */
  decides: boolean;
}

/** What somebody at the client sees: the newest version that they were given, and nothing else. */
export interface PublicationView {
  of: 'publication';
  publication: Publication;
}

const missing = () => new Refused('not-found', 'This link does not work.');

interface Holder {
  review: Review;
  name: string;
  ours: boolean;
}

/**
 * Who holds a link about this review: only whoever was written to has one. Somebody at the client is never taken for
 * one of ours, whatever they are called; and whoever is no reader or no colleague any more sees nothing.
 */
const holderOf = async (ports: Ports, { subjectId, recipientId }: NoticeLink): Promise<Holder> => {
  const review = await ports.store.get({ kind: 'review', id: subjectId });
  if (!review) throw missing();
  const names: string[] = [];
  let ours = true;
  for await (const { to } of listAll(ports, { of: 'notice', subjectId })) {
    if (to.id !== recipientId) continue;
    names.push(to.name);
    ours &&= to.ours;
  }
  const name = names.at(-1);
  const isKnown = ours ? await isColleague(ports, recipientId) : await isReader(ports, review, recipientId);
  if (name === undefined || !isKnown) throw missing();
  return { review, name, ours };
};

const isColleague = async ({ store }: Ports, id: string): Promise<boolean> =>
  id === 'fallback' || (await store.get({ kind: 'person', id })) !== undefined;

const isReader = async ({ store }: Ports, { clientId }: Review, id: string): Promise<boolean> => {
  const client = await store.get({ kind: 'client', id: clientId });
  return client?.reviewRule?.publishTo.some((reader) => reader.id === id) ?? false;
};

const view = async (ports: Ports, link: NoticeLink): Promise<ReviewView | PublicationView> => {
  const { review, name, ours } = await holderOf(ports, link);
  if (!ours) return { of: 'publication', publication: await newestOf(ports, review) };
  const document = await documentOf(ports, review);
  // As the review names its approvers now: who was one once sees it, and decides nothing.
  const role = approverRoleOf(document.contents.review, link.recipientId);
  const decides = role !== undefined && isTheirs(document.contents.review, link.recipientId);
  return { of: 'review', document, personName: name, role, decides };
};

const newestOf = async ({ store }: Ports, { id }: Review): Promise<Publication> => {
  const { items } = await store.list({ of: 'publication', reviewId: id }, { limit: 1, reversed: true });
  const [newest] = items;
  if (!newest) throw missing();
  return newest;
};

const hasApproved = ({ approvals }: Review, id: string): boolean => approvals.some(({ by }) => by === id);

const isTheirs = (review: Review, id: string): boolean =>
  review.status === 'in-review' && !review.authors.includes(id) && !hasApproved(review, id);

/** Whoever holds the link may do what their role lets them, to this client's reviews. */
const principalOf = (id: string, { clientId }: Review): Principal => ({
  ...{ id, kind: 'person' },
  grants: [{ clientId, role: 'write' }],
});

const answer = async (
  ports: Ports,
  { link, said }: { link: NoticeLink; said: Said },
  invocation: Invocation,
): Promise<Answered<ReviewView | PublicationView>> => {
  const before = await view(ports, link);
  const inVain = rejectionReason(before, said, link.recipientId);
  if (inVain || before.of === 'publication') return { reason: inVain ?? 'nothing-to-say', view: before };
  const { review } = before.document.contents;
  const caller = { principal: principalOf(link.recipientId, review), invocation };
  const { id, revision } = review;
  const by = link.recipientId;
  if (said.action === 'approve') await approveReview(ports, caller, { id, by, revision });
  else await askForChanges(ports, caller, { id, by, note: said.note ?? '' });
  const reason = said.action === 'approve' ? 'approved' : 'changes-asked-for';
  return { reason, view: await view(ports, link) };
};

/** Why nothing is done, if so. What was read is what is approved: anything newer has to be read first. */
const rejectionReason = (
  seen: ReviewView | PublicationView,
  { action, note, revision }: Said,
  by: string,
): string | undefined => {
  if (seen.of === 'publication') return 'nothing-to-say';
  const { review } = seen.document.contents;
  if (!seen.role) return 'not-yours';
  if (action === 'approve' && hasApproved(review, by)) return 'approved-already';
  if (!seen.decides) return review.status === 'in-review' ? 'not-yours' : `is-${review.status}`;
  if (revision !== review.revision) return 'changed-since';
  if (action === 'approve') return undefined;
  if (action !== 'changes') return 'nothing-to-say';
  return note ? undefined : 'no-note';
};

/** What links in notices about reviews open. */
export const reviewByNotice: Answering<ReviewView | PublicationView> = { view, answer };
