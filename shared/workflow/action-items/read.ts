import { authorise, type Principal, type Role, readableClients } from '../../domain/directory/access.ts';
import type { ActionItem, ActionItemStatus } from '../../domain/preventive/action-item/action-item.ts';
import type { HistoryEntry, Notice } from '../../domain/proactive/notice.ts';
import { Refused } from '../../domain/refused.ts';
import { clientsFor, newestFirst } from '../newest-first.ts';
import type { Ports } from '../ports.ts';
import type { Page, PageRequest } from '../store-port.ts';

export const itemOf = ({ store }: Ports, id: string): Promise<ActionItem | undefined> =>
  store.get({ kind: 'action-item', id });

/** @throws Refused `not-found` in the same words for what is not here and for what is another client's. */
export const itemFor = async (
  ports: Ports,
  principal: Principal,
  { id, role }: { id: string; role: Role },
): Promise<ActionItem> => {
  const missing = new Refused('not-found', 'There is no such action item.');
  const item = await itemOf(ports, id);
  if (!item) throw missing;
  try {
    authorise(principal, role, item.clientId);
  } catch (error) {
    throw error instanceof Refused && error.code === 'not-found' ? missing : error;
  }
  return item;
};

export const showItem = (ports: Ports, principal: Principal, id: string): Promise<ActionItem> =>
  itemFor(ports, principal, { id, role: 'read' });

export interface ItemQuery extends PageRequest {
  clientId?: string | undefined;
  status?: ActionItemStatus[] | undefined;
  ownerId?: string | undefined;
  /** What they came from: a review, a drill … */
  originId?: string | undefined;
  /** Only what is open though its time is over. */
  overdue?: boolean | undefined;
}

/** Action items of the clients that the principal may read, newest first. */
export const listItems = async (
  ports: Ports,
  principal: Principal,
  { clientId: asked, originId, limit, cursor, ...filter }: ItemQuery,
): Promise<Page<ActionItem>> => {
  const where = isWanted(filter, ports.clock.now());
  if (originId) {
    const readable = readableClients(principal);
    const isReadable = (id: string) =>
      (readable === '*' || readable.includes(id)) && (!asked || id === asked);
    const page = await ports.store.list({ of: 'action-item', originId }, { limit, cursor, reversed: true });
    return { ...page, items: page.items.filter((item) => isReadable(item.clientId) && where(item)) };
  }
  const clients = await clientsFor(ports, principal, asked);
  const lists = (before: string | undefined) =>
    clients.map((clientId) => ({ of: 'action-item' as const, clientId, ...(before ? { before } : {}) }));
  return newestFirst<'action-item'>(ports, { lists, limit, cursor, where });
};

const isWanted =
  ({ status, ownerId, overdue }: Pick<ItemQuery, 'status' | 'ownerId' | 'overdue'>, now: string) =>
  (item: ActionItem): boolean =>
    (!status || status.includes(item.status)) &&
    (!ownerId || item.ownerId === ownerId) &&
    (!overdue || (item.status === 'open' && item.dueAt < now));

/** Part of an action item: what happened to it, or what was written about it. Oldest first. */
export const listOfItem = async <K extends 'history-entry' | 'notice'>(
  ports: Ports,
  principal: Principal,
  { of, id, ...page }: PageRequest & { of: K; id: string },
): Promise<Page<K extends 'notice' ? Notice : HistoryEntry>> => {
  await itemFor(ports, principal, { id, role: 'read' });
  return ports.store.list({ of, subjectId: id } as never, page) as never;
};
