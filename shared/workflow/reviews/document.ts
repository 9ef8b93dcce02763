import type { Principal } from '../../domain/directory/access.ts';
import type { DocumentAround } from '../../domain/preventive/document/document.ts';
import type { Internal } from '../../domain/preventive/document/leaks.ts';
import type { Contents } from '../../domain/preventive/review/contents.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import type { Instant } from '../../domain/time.ts';
import { all, every } from '../every.ts';
import type { Ports } from '../ports.ts';
import { recall } from '../recall.ts';
import { contentsOf, readableReview } from './read.ts';

/** A review with all that its document says. */
export interface ReviewDocument {
  contents: Contents;
  around: DocumentAround;
  /** When this was put together. */
  at: Instant;
}

/** What a review's documents say beside its own contents. */
export const aroundDocument = async (ports: Ports, review: Review): Promise<DocumentAround> => {
  const [incident, template, actionItems] = await Promise.all([
    ports.store.get({ kind: 'incident', id: review.incidentId }),
    ports.store.get({ kind: 'review-template', clientId: review.clientId }),
    all(ports, { of: 'action-item', originId: review.id }),
  ]);
  const ids = new Set([
    ...actionItems.map(({ ownerId }) => ownerId),
    ...review.approvals.map(({ by }) => by),
  ]);
  const people = await recall(
    ports,
    [...ids].map((id) => ({ kind: 'person' as const, id })),
  );
  const names = new Map([...people].map(([id, { name }]) => [id, name]));
  return { incident, template, actionItems, names };
};

/** What of ours must not stand in the client's version. Whoever gets that version is no secret to them. */
export const internalOf = async (ports: Ports, { clientId }: Review): Promise<Internal> => {
  const [client, template] = await Promise.all([
    ports.store.get({ kind: 'client', id: clientId }),
    ports.store.get({ kind: 'review-template', clientId }),
  ]);
  const readers = client?.reviewRule?.publishTo ?? [];
  const theirs = new Set(readers.map(({ email }) => email.toLowerCase()));
  const people: Internal['people'][number][] = [];
  for await (const { name, email, contactMethods } of every(ports, { of: 'person' })) {
    const addresses = [...new Set([email, ...contactMethods.map(({ address }) => address)])];
    if (!theirs.has(email.toLowerCase())) people.push({ name, addresses });
  }
  const accounts: string[] = [];
  for await (const { accountNumber } of every(ports, { of: 'provider' }))
    if (accountNumber) accounts.push(accountNumber);
  return { people, readers: readers.map(({ name }) => name), accounts, template: template?.client };
};

/** A review with all that its documents are made of, for whoever may read it. @throws Refused `not-found`. */
export const reviewDocument = async (
  ports: Ports,
  principal: Principal,
  id: string,
): Promise<ReviewDocument> => documentOf(ports, await readableReview(ports, principal, id));

export const documentOf = async (ports: Ports, review: Review): Promise<ReviewDocument> => {
  const [contents, around] = await Promise.all([contentsOf(ports, review), aroundDocument(ports, review)]);
  return { contents, around, at: ports.clock.now() };
};
