import type { Principal } from '../../domain/directory/access.ts';
import type { DocumentAround } from '../../domain/preventive/document/document.ts';
import type { Internal } from '../../domain/preventive/document/leaks.ts';
import type { Contents } from '../../domain/preventive/review/contents.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import type { Instant } from '../../domain/time.ts';
import { cachedGet } from '../engine/cache.ts';
import { all, listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';
import { contentsOf, readableReview } from './read.ts';

/** A review with all that its document says. */
export interface ReviewDocument {
  contents: Contents;
  context: DocumentAround;
  /** When this was put together. */
  at: Instant;
}

/** What a review's documents say beside its own contents. */
export const documentContext = async (ports: Ports, review: Review): Promise<DocumentAround> => {
  const [incident, template, actionItems] = await Promise.all([
    ports.store.get({ kind: 'incident', id: review.incidentId }),
    ports.store.get({ kind: 'review-template', clientId: review.clientId }),
    all(ports, { of: 'action-item', originId: review.id }),
  ]);
  const ids = new Set([
    ...actionItems.map(({ ownerId }) => ownerId),
    ...review.approvals.map(({ by }) => by),
  ]);
  const people = await cachedGet(
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
  for await (const { name, email, contactMethods } of listAll(ports, { of: 'person' })) {
    const addresses = [...new Set([email, ...contactMethods.map(({ address }) => address)])];
    if (!theirs.has(email.toLowerCase())) people.push({ name, addresses });
  }
  const accounts: string[] = [];
  for await (const { accountNumber } of listAll(ports, { of: 'provider' }))
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
  const [contents, context] = await Promise.all([contentsOf(ports, review), documentContext(ports, review)]);
  return { contents, context, at: ports.clock.now() };
};
