import type { Principal } from '../../domain/directory/access.ts';
import type { ActionItem } from '../../domain/preventive/action-item/action-item.ts';
import type { Cause, CauseSighting } from '../../domain/preventive/recurrence/cause.ts';
import { findFor } from '../engine/find-for.ts';
import { clientsFor, newestFirst } from '../engine/newest-first.ts';
import type { Ports } from '../engine/ports.ts';
import type { Page, PageRequest } from '../engine/store-port.ts';

const MOST = 50;

/** A cause, where it came up, and what is done against it. */
export interface CauseView extends Cause {
  sightings: CauseSighting[];
  actionItems: ActionItem[];
}

/** Causes that the reviews of the clients that the principal may read have found, newest first. */
export const listCauses = async (
  ports: Ports,
  principal: Principal,
  { clientId: asked, limit, cursor }: PageRequest & { clientId?: string | undefined },
): Promise<Page<Cause>> => {
  const clients = await clientsFor(ports, principal, asked);
  const lists = (before: string | undefined) =>
    clients.map((clientId) => ({ of: 'cause' as const, clientId, ...(before ? { before } : {}) }));
  return newestFirst<'cause'>(ports, { lists, limit, cursor });
};

/** @throws Refused `not-found` in the same words for what is not here and for what is another client's. */
export const showCause = async (ports: Ports, principal: Principal, id: string): Promise<CauseView> => {
  const { store } = ports;
  const cause = await findFor(ports, principal, { kind: 'cause', id, role: 'read' });
  const newest = { limit: MOST, reversed: true };
  const [sightings, actions] = await Promise.all([
    store.list({ of: 'cause-sighting', causeId: id }, newest),
    store.list({ of: 'cause-action', causeId: id }, newest),
  ]);
  const ids = actions.items.map(({ actionItemId }) => actionItemId);
  const found = await store.getMany(ids.map((each) => ({ kind: 'action-item' as const, id: each })));
  const actionItems = ids.flatMap((each) => found.find((item) => item.id === each) ?? []);
  return { ...cause, sightings: sightings.items, actionItems };
};
