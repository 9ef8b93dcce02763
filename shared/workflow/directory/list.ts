import { authorise, readableClients } from '../../domain/directory/access.ts';
import { invalid } from '../../domain/parse.ts';
import type { List, RecordOf } from '../../domain/records.ts';
import type { Resource } from '../../domain/resource.ts';
import {
  type ClientKind,
  isClientKind,
  type RecordOfResource,
  type ResourceKind,
} from '../../domain/resources.ts';
import type { Caller } from '../engine/caller.ts';
import { clientsFor, newestFirst } from '../engine/newest-first.ts';
import type { Ports } from '../engine/ports.ts';
import type { Page } from '../engine/store-port.ts';

/** Which page of a list, and of one client only where the list can be narrowed so. */
export interface Query {
  limit: number;
  cursor?: string | undefined;
  clientId?: string | undefined;
}

/** A page of the noun's records that the caller may read: a client's newest first, the installation's by name. */
export const list = async <R extends RecordOfResource>(
  ports: Ports,
  { principal }: Caller,
  { resource, ...query }: Query & { resource: Resource<R> },
): Promise<Page<RecordOfResource>> => {
  const kind: ResourceKind = resource.kind;
  if (isClientKind(kind)) {
    const clients = await clientsFor(ports, principal, query.clientId);
    const lists = (before: string | undefined) =>
      clients.map((clientId) => ({ of: kind, clientId, ...(before ? { before } : {}) }) as List<ClientKind>);
    return newestFirst<ClientKind>(ports, { lists, ...query });
  }
  const readable = readableClients(principal);
  if (resource.owner === 'itself' && readable !== '*') return ownClients(ports, readable, query);
  authorise(principal, 'read', '*');
  return ports.store.list({ of: kind }, query);
};

/** The few clients that a key was made for, in the order in which the whole list is. */
const ownClients = async (
  ports: Ports,
  ids: string[],
  { limit, cursor }: Query,
): Promise<Page<RecordOf<'client'>>> => {
  const after = cursor === undefined ? '' : positionOf(cursor);
  const clients = await ports.store.getMany(ids.map((id) => ({ kind: 'client' as const, id })));
  const placed = clients
    .map((client) => ({ client, place: placeOf(client) }))
    .filter(({ place }) => place > after)
    .sort((one, other) => (one.place < other.place ? -1 : 1));
  const last = placed.length > limit ? placed[limit - 1] : undefined;
  return {
    items: placed.slice(0, limit).map(({ client }) => client),
    next: last ? cursorAt(last.place) : null,
  };
};

const placeOf = ({ name, id }: RecordOf<'client'>): string => `${name.toLowerCase()}\t${id}`;

const cursorAt = (place: string): string => Buffer.from(place).toString('base64url');

const positionOf = (cursor: string): string => {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (place.includes('\t') && cursorAt(place) === cursor) return place;
  throw invalid([{ path: 'query.cursor', message: 'must be the `next` of an earlier page of this list' }]);
};
