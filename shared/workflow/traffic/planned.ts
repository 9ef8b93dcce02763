import type { Service } from '../../domain/directory/service.ts';
import { oneLine } from '../../domain/one-line.ts';
import type { TrafficEvent } from '../../domain/proactive/traffic/traffic-event.ts';
import { cachedGet } from '../engine/cache.ts';
import type { Ports } from '../engine/ports.ts';

/** The services of an event that are still there, in its order. */
export const servicesOf = async (ports: Ports, { serviceIds }: TrafficEvent): Promise<Service[]> => {
  const found = await cachedGet(
    ports,
    serviceIds.map((id) => ({ kind: 'service' as const, id })),
  );
  return serviceIds.flatMap((id) => found.get(id) ?? []);
};

/** What people call a client; the id of one that is gone. */
export const clientNamed = async (ports: Ports, id: string): Promise<string> =>
  oneLine((await cachedGet(ports, [{ kind: 'client' as const, id }])).get(id)?.name ?? id);
