import * as z from 'zod';
import { aggregate, Name } from '../aggregate.ts';
import { type Resource, reference, references } from '../resource.ts';
import { Duration } from '../time.ts';

/** A system that we run for a client, and how alerts about it become incidents. */
export const Service = z.looseObject({
  ...aggregate('service'),
  clientId: z.string(),
  name: Name,
  escalationPolicyId: z.string(),
  /** Who hosts it. */
  providerId: z.string().optional(),
  /** How long after an incident opened other alerts of the service join it. `PT0S`: they never do. */
  groupingWindow: Duration,
  /** How long after an incident was resolved a repeat of its alert opens it again. `PT0S`: never. */
  reopenWindow: Duration,
});
export type Service = z.infer<typeof Service>;

export const ServiceBody = z.strictObject({
  clientId: z.string(),
  name: Name,
  escalationPolicyId: z.string(),
  providerId: z.string().optional(),
  groupingWindow: Duration.default('PT0S'),
  reopenWindow: Duration.default('PT0S'),
});
export type ServiceBody = z.infer<typeof ServiceBody>;

/** Its client stays: incidents, alerts and keys carry the client that it was when they were made. */
export const services: Resource<Service, 'client'> = {
  kind: 'service',
  prefix: 'svc',
  path: 'services',
  called: 'service',
  api: 'directory',
  owner: 'client',
  record: Service,
  body: ServiceBody,
  fixed: ['clientId'],
  shown: Object.keys(ServiceBody.shape),
  references: ({ clientId, escalationPolicyId, providerId }) => [
    reference('client', clientId, 'body.clientId'),
    reference('escalation-policy', escalationPolicyId, 'body.escalationPolicyId'),
    ...references(['provider', providerId, 'body.providerId']),
  ],
  example: {
    clientId: 'cli_1',
    name: 'Checkout',
    escalationPolicyId: 'pol_1',
    groupingWindow: 'PT0S',
    reopenWindow: 'PT5M',
  },
};
