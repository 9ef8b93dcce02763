import * as z from 'zod';
import { aggregate } from '../../aggregate.ts';
import { Instant } from '../../time.ts';

/** Trouble at a provider, as its own status page says it: opened here once, whoever is on it. */
export const ProviderIncident = z.looseObject({
  ...aggregate('provider-incident'),
  providerId: z.string(),
  providerName: z.string(),
  /** What told of it: only what the feed listed is over when the feed lists it no more. */
  source: z.enum(['feed', 'mail']).optional(),
  /** What the provider calls it. */
  externalId: z.string(),
  title: z.string(),
  impact: z.enum(['none', 'minor', 'major', 'critical', 'maintenance']),
  status: z.string(),
  over: z.boolean(),
  startedAt: Instant,
  resolvedAt: Instant.optional(),
  link: z.string().optional(),
  /** The provider's last words. */
  lastUpdate: z.string().optional(),
  lastUpdateAt: Instant.optional(),
});
export type ProviderIncident = z.infer<typeof ProviderIncident>;

/** That a client is on a provider that is in trouble; all that this client sees of it. */
export const ProviderImpact = z.looseObject({
  kind: z.literal('provider-impact'),
  clientId: z.string(),
  /** The provider incident. */
  id: z.string(),
  serviceIds: z.array(z.string()),
  since: Instant,
});
export type ProviderImpact = z.infer<typeof ProviderImpact>;

/** Which of our provider incidents one of the provider's is. */
export const ProviderIncidentKey = z.looseObject({
  kind: z.literal('provider-incident-key'),
  providerId: z.string(),
  externalId: z.string(),
  incidentId: z.string(),
});
export type ProviderIncidentKey = z.infer<typeof ProviderIncidentKey>;
