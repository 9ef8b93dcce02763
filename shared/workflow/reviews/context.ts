import { ReviewRule } from '../../domain/directory/follow-up.ts';
import type { Context } from '../../domain/preventive/review/planner.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import { ourRecipient } from '../engine/our-recipient.ts';
import type { Ports } from '../engine/ports.ts';

/** What a decision about a review stands on: its people as they can be reached now, and the client's rule. */
export const reviewContext = async (
  ports: Ports,
  review: Pick<Review, 'clientId' | 'ownerId' | 'technicalLeadId' | 'projectManagerId'>,
): Promise<Context> => {
  const { clientId, technicalLeadId, projectManagerId } = review;
  const [client, owner, lead, manager] = await Promise.all([
    ports.store.get({ kind: 'client', id: clientId }),
    ourRecipient(ports, review.ownerId ?? technicalLeadId ?? projectManagerId),
    ourRecipient(ports, technicalLeadId),
    ourRecipient(ports, projectManagerId),
  ]);
  return { owner, lead, manager, rule: client?.reviewRule ?? ReviewRule.parse({}) };
};
