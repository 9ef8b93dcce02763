import type { Principal } from '../../domain/directory/access.ts';
import type { Invocation } from '../../domain/id.ts';
import type { ActionItem } from '../../domain/preventive/action-item/action-item.ts';
import { verifierOf } from '../../domain/preventive/action-item/verification.ts';
import { Refused } from '../../domain/refused.ts';
import type { Instant } from '../../domain/time.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';
import type { Answered, Answering, NoticeLink, Said } from '../paging/notice-answering.ts';
import { completeItem, verifyItem } from './actions.ts';
import { loadContext } from './context.ts';
import { itemOf } from './read.ts';

/** An action item, as one of ours sees it. */
export interface ActionView {
  of: 'action';
  item: ActionItem;
  clientName: string;
  ownerName: string;
  /** Where it came from, in words. */
  origin: string | undefined;
  personName: string;
  /** What the holder of the link can say of it now. */
  offers: 'completion' | 'verification' | 'nothing';
}

const missing = () => new Refused('not-found', 'This link does not work.');

/** What this one was called when they were first written to. Only whoever was has a link, and only while they are here. */
const nameOf = async (ports: Ports, { subjectId, recipientId }: NoticeLink): Promise<string> => {
  const isHere =
    recipientId === 'fallback' || (await ports.store.get({ kind: 'person', id: recipientId })) !== undefined;
  if (!isHere) throw missing();
  for await (const { to } of listAll(ports, { of: 'notice', subjectId }))
    if (to.id === recipientId && to.ours) return to.name;
  throw missing();
};

const view = async (ports: Ports, link: NoticeLink): Promise<ActionView> => {
  const [item, personName] = await Promise.all([itemOf(ports, link.subjectId), nameOf(ports, link)]);
  if (!item) throw missing();
  const { clientName, ownerName, origin, reviewerIds } = await loadContext(ports, item);
  const holder = { id: link.recipientId, reviewerIds, now: ports.clock.now() };
  return { of: 'action', item, clientName, ownerName, origin, personName, offers: offersTo(item, holder) };
};

interface Holder {
  id: string;
  /** Lead and manager, as they are now. */
  reviewerIds: string[];
  now: Instant;
}

/** Whoever has nothing to do with it any more sees it, and says nothing. */
const offersTo = (item: ActionItem, holder: Holder): ActionView['offers'] => {
  const { id, reviewerIds } = holder;
  if (id !== item.ownerId && !reviewerIds.includes(id)) return 'nothing';
  if (item.status === 'open') return 'completion';
  return looksNow(item, holder) ? 'verification' : 'nothing';
};

/** It is time to look, and it is not their own work, as long as there is anybody else. */
const looksNow = (item: ActionItem, { id, reviewerIds, now }: Holder): boolean => {
  const { status, verification, ownerId, doneBy } = item;
  if (status !== 'done' || verification.type !== 'statement' || verification.lookAgainAt > now) return false;
  return (id !== ownerId && id !== doneBy?.id) || !verifierOf(item, reviewerIds).isOther;
};

const ACTIONS = { done: 'completion', holds: 'verification', fails: 'verification' } as const;
type Action = keyof typeof ACTIONS;
const isAction = (action: string | undefined): action is Action =>
  action !== undefined && Object.hasOwn(ACTIONS, action);

const answer = async (
  ports: Ports,
  { link, said }: { link: NoticeLink; said: Said },
  invocation: Invocation,
): Promise<Answered<ActionView>> => {
  const before = await view(ports, link);
  const { action, note } = said;
  const inVain = rejectionReason(before, said);
  if (inVain || !isAction(action)) return { reason: inVain ?? 'nothing-to-say', view: before };
  const { id, clientId, generation } = before.item;
  const by = link.recipientId;
  const principal: Principal = { id: by, kind: 'person', grants: [{ clientId, role: 'write' }] };
  // Decided on the very item that was looked at: whatever was said meanwhile is shown first.
  const caller = { principal, invocation, ifMatch: before.item.version };
  const told = { id, by, ...(note ? { note } : {}) };
  if (action === 'done') await completeItem(ports, caller, told);
  else await verifyItem(ports, caller, { ...told, holds: action === 'holds' });
  const after = await view(ports, link);
  return { reason: after.item.generation === generation ? 'unchanged' : REASONS[action], view: after };
};

const REASONS = { done: 'done', holds: 'proven', fails: 'open-again' } as const;

const rejectionReason = ({ item, offers }: ActionView, { action, note, seen }: Said): string | undefined => {
  if (!isAction(action)) return 'nothing-to-say';
  if (action === 'done' && (item.status === 'done' || item.status === 'proven')) return 'done-already';
  if (action !== 'done' && item.status === 'proven') return 'proven-already';
  if (action === 'fails' && note && isSaidAlready(item, { note, seen })) return 'open-again-already';
  if (seen !== item.generation) return 'changed-since';
  if (offers !== ACTIONS[action]) return 'not-yours';
  return action === 'fails' && !note ? 'no-note' : undefined;
};

/** The same tap again, which opened it before. */
const isSaidAlready = (
  { status, generation, reopenedBecause }: ActionItem,
  { note, seen }: { note: string; seen: number | undefined },
): boolean => status === 'open' && seen === generation - 1 && reopenedBecause?.endsWith(`: ${note}`) === true;

/** What links in notices about action items open. */
export const itemByNotice: Answering<ActionView> = { view, answer };
