import { type Principal, readableClients } from '../../domain/directory/access.ts';
import type { ActionItem, ActionItemStatus } from '../../domain/preventive/action-item/action-item.ts';
import { findFor } from '../engine/find-for.ts';
import { clientsFor, newestFirst } from '../engine/newest-first.ts';
import type { Ports } from '../engine/ports.ts';
import type { Page, PageRequest } from '../engine/store-port.ts';

export const itemOf = ({ store }: Ports, id: string): Promise<ActionItem | undefined> =>
  store.get({ kind: 'action-item', id });

export const showItem = (ports: Ports, principal: Principal, id: string): Promise<ActionItem> =>
  findFor(ports, principal, { kind: 'action-item', id, role: 'read' });

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
