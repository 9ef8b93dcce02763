import type { Invocation } from '../../domain/id.ts';
import type { Decision } from '../../domain/outbox/decision.ts';
import type { Effect } from '../../domain/outbox/timer.ts';
import type { ActionItem } from '../../domain/preventive/action-item/action-item.ts';
import type { Context } from '../../domain/preventive/action-item/planner.ts';
import { verifierOf } from '../../domain/preventive/action-item/verification.ts';
import { showsOtherwise, syncIssueLater } from '../../domain/preventive/tracker/syncing.ts';
import { cachedGet } from '../engine/cache.ts';
import { ourRecipient } from '../engine/our-recipient.ts';
import { planWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';

/** All that a decision about an item stands on; of an item that is about to change, as it will be. */
export const loadContext = async (ports: Ports, item: ActionItem): Promise<Context> => {
  const { clientId, ownerId } = item;
  const client = (await cachedGet(ports, [{ kind: 'client' as const, id: clientId }])).get(clientId);
  const leadId = item.technicalLeadId ?? client?.technicalLeadId;
  const managerId = item.projectManagerId ?? client?.projectManagerId;
  const reviewerIds = [leadId, managerId].flatMap((id) => id ?? []);
  const [people, owner, lead, manager, verifier, origin] = await Promise.all([
    cachedGet(ports, [{ kind: 'person' as const, id: ownerId }]),
    ourRecipient(ports, ownerId),
    // One stands in for the other where a client has only one of them.
    ourRecipient(ports, leadId ?? managerId),
    ourRecipient(ports, managerId ?? leadId),
    ourRecipient(ports, verifierOf(item, reviewerIds).id),
    originOf(ports, item),
  ]);
  const person = people.get(ownerId);
  return {
    ...{ clientName: client?.name ?? clientId, ownerName: person?.name ?? ownerId, origin },
    ...{ owner, lead, manager, verifier, reviewerIds, timeZone: person?.timeZone ?? 'UTC' },
  };
};

const ORIGINS = {
  review: 'a review',
  drill: 'a drill',
  'log-error': 'an error in the logs',
  routine: 'a routine',
  insight: 'an insight',
} as const;

/** Where it came from, as people call it. */
const originOf = async ({ store }: Ports, { origin }: ActionItem): Promise<string | undefined> => {
  const { type, id } = origin;
  if (type === 'by-hand') return undefined;
  const review = type === 'review' && id ? await store.get({ kind: 'review', id }) : undefined;
  if (review) return `the review of incident ${review.incidentNumber}, “${review.title}”`;
  return id ? `${ORIGINS[type]} (${id})` : ORIGINS[type];
};

const tracks = (before: ActionItem | undefined, after: ActionItem, invocation: Invocation): Effect[] =>
  !before || showsOtherwise(before, after) ? syncIssueLater(after, invocation) : [];

/** What a plan writes: the item, which causes it is to prevent, and that its issue is brought up to it. */
export const itemWrites = (
  before: ActionItem | undefined,
  plan: Decision<ActionItem>,
  invocation: Invocation,
): { writes: Write[]; state: ActionItem } => {
  const { writes, state } = planWrites(before, plan, invocation);
  if (state === before) return { writes, state };
  const tracked = tracks(before, state, invocation).map((put): Write => ({ put }));
  return { writes: [...writes, ...causeWrites(before, state), ...tracked], state };
};

const causeWrites = (before: ActionItem | undefined, { id, clientId, causeIds }: ActionItem): Write[] => {
  const was = before?.causeIds ?? [];
  const named = (causeId: string) => ({ kind: 'cause-action' as const, causeId, actionItemId: id });
  return [
    ...causeIds
      .filter((causeId) => !was.includes(causeId))
      .map((causeId): Write => ({ put: { ...named(causeId), clientId } })),
    ...was
      .filter((causeId) => !causeIds.includes(causeId))
      .map((causeId): Write => ({ remove: named(causeId) })),
  ];
};
