import type { Service } from '../../domain/directory/service.ts';
import { oneLine } from '../../domain/one-line.ts';
import type { TrafficEvent } from '../../domain/proactive/traffic-event.ts';
import type { Ports } from '../ports.ts';
import { recall } from '../recall.ts';

/** The services of an event that are still there, in its order. */
export const servicesOf = async (ports: Ports, { serviceIds }: TrafficEvent): Promise<Service[]> => {
  const found = await recall(
    ports,
    serviceIds.map((id) => ({ kind: 'service' as const, id })),
  );
  return serviceIds.flatMap((id) => found.get(id) ?? []);
};

/** What people call a client; the id of one that is gone. */
export const clientNamed = async (ports: Ports, id: string): Promise<string> =>
  oneLine((await recall(ports, [{ kind: 'client' as const, id }])).get(id)?.name ?? id);
