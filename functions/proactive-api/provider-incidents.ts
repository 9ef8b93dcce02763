import * as z from 'zod';
import {
  ProviderImpact,
  ProviderIncident,
} from '../../shared/domain/proactive/provider-incidents/provider-incident.ts';
import { ListQuery, listOf } from '../../shared/edge/list-query.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import {
  listProviderIncidents,
  showProviderIncident,
} from '../../shared/workflow/provider-incidents/read.ts';
import { receiveStatusMail } from '../../shared/workflow/provider-incidents/receive-mail.ts';

const { kind: _, ...fields } = ProviderIncident.shape;
const { clientId, serviceIds, since } = ProviderImpact.shape;
const View = z.object({
  ...fields,
  touches: z
    .array(z.object({ clientId, serviceIds, since }))
    .describe('Affected clients and services that the key may read.'),
});

const Query = ListQuery.extend({ clientId: z.string().optional() });

const MailBody = z.strictObject({
  providerId: z.string(),
  subject: z.string().trim().min(1).max(1000),
  text: z.string().max(100_000),
  from: z.string().max(500).optional(),
});

const Outcome = z.object({ reason: z.string(), providerIncidentId: z.string().optional() });

export const routes: Route[] = [
  route(
    'GET /v1/provider-incidents',
    {
      about: 'Lists incidents at hosting providers that affect a client, newest first.',
      needs: 'read',
      query: Query,
      response: listOf(View),
    },
    ({ ports, caller, query }) => listProviderIncidents(ports, caller.principal, query),
  ),
  route(
    'GET /v1/provider-incidents/{id}',
    {
      about: 'Shows an incident at a hosting provider and the services it affects.',
      needs: 'read',
      response: View,
    },
    ({ ports, caller, path }) => showProviderIncident(ports, caller.principal, path.id),
  ),
  route(
    'POST /v1/provider-incidents/mails',
    {
      about:
        'Receives a status mail of a provider. Firebreak has no mailbox: set up a mail rule that posts to this path.',
      needs: 'write',
      body: MailBody,
      response: Outcome,
    },
    ({ ports, caller, body: { from: _from, ...mail } }) => receiveStatusMail(ports, caller, mail),
  ),
];
