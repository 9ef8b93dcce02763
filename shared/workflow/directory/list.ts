import { authorise, readableClients } from '../../domain/directory/access.ts';
import { invalid } from '../../domain/parse.ts';
import type { RecordOf } from '../../domain/records.ts';
import type { Caller } from '../engine/caller.ts';
import { clientsFor, newestFirst } from '../engine/newest-first.ts';
import type { Ports } from '../engine/ports.ts';
import type { Page } from '../engine/store-port.ts';
import type { Resource, ResourceKind } from './resource.ts';

/** Which page of a list, and of one client only where the list can be narrowed so. */
export interface Query {
  limit: number;
  cursor?: string | undefined;
  clientId?: string | undefined;
}

/** A page of the noun's records that the caller may read: a client's newest first, the installation's by name. */
export const list = async <K extends ResourceKind>(
  ports: Ports,
  { principal }: Caller,
  { resource, ...query }: Query & { resource: Resource<K> },
): Promise<Page<RecordOf<K>>> => {
  const kind: ResourceKind = resource.kind;
  if (kind === 'service' || kind === 'integration' || kind === 'tracker') {
    const clients = await clientsFor(ports, principal, query.clientId);
    const lists = (before: string | undefined) =>
      clients.map((clientId) => ({ of: kind as 'service', clientId, ...(before ? { before } : {}) }));
    return (await newestFirst<'service'>(ports, { lists, ...query })) as unknown as Page<RecordOf<K>>;
  }
  const readable = readableClients(principal);
  if (kind === 'client' && readable !== '*')
    return (await ownClients(ports, readable, query)) as Page<RecordOf<K>>;
  authorise(principal, 'read', '*');
  return (await ports.store.list({ of: kind as 'person' }, query)) as unknown as Page<RecordOf<K>>;
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
