import type { Provider } from '../../domain/directory/provider.ts';
import type { Service } from '../../domain/directory/service.ts';
import type { ProviderIncident } from '../../domain/proactive/provider-incidents/provider-incident.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';
import { openIncidentsOf } from '../provider-incidents/receive-report.ts';

/** All that a responder needs of a provider at 3 am. */
export interface ProviderSheet {
  provider: Provider;
  /** What of this client runs there. */
  services: Service[];
  /** What the provider itself says is wrong. */
  troubles: ProviderIncident[];
  /** The path of the page that it was opened from. */
  back: string;
}

/** A provider with what of one client runs there, and what it reports. */
export const sheetOf = async (
  ports: Ports,
  provider: Provider,
  clientId: string,
): Promise<Omit<ProviderSheet, 'back'>> => {
  const services: Service[] = [];
  for await (const service of listAll(ports, { of: 'service', providerId: provider.id }))
    if (service.clientId === clientId) services.push(service);
  return { provider, services, troubles: await openIncidentsOf(ports, provider.id) };
};
