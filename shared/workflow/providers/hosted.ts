import { type Principal, readableClients } from '../../domain/directory/access.ts';
import type { Service } from '../../domain/directory/service.ts';
import type { Caller } from '../engine/caller.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';
import type { Page } from '../engine/store-port.ts';

const isReadableBy = (principal: Principal): ((of: { clientId: string }) => boolean) => {
  const readable = readableClients(principal);
  return ({ clientId }) => readable === '*' || readable.includes(clientId);
};

/** Whether a provider hosts a service of a client that the principal may read. */
export const hostsForThem = async (
  ports: Ports,
  principal: Principal,
  providerId: string,
): Promise<boolean> => {
  const isReadable = isReadableBy(principal);
  for await (const service of listAll(ports, { of: 'service', providerId }))
    if (isReadable(service)) return true;
  return false;
};

/** A page of what runs at a provider. Another client's services are left out, so that a page may be short. */
export const listHosted = async (
  ports: Ports,
  { principal }: Caller,
  { providerId, ...page }: { providerId: string; limit: number; cursor?: string | undefined },
): Promise<Page<Service>> => {
  const { items, next } = await ports.store.list({ of: 'service', providerId }, page);
  return { items: items.filter(isReadableBy(principal)), next };
};
