import * as z from 'zod';
import { IntegrationBody, integrations } from '../../shared/domain/directory/integration.ts';
import { viewOf } from '../../shared/edge/resource-routes.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import { SOURCES } from '../../shared/sources/index.ts';
import { createIntegration, removeIntegration, rollKey } from '../../shared/workflow/directory/keys.ts';

const shownOnce = viewOf(integrations).extend({
  key: z.string().describe('Shown only in this response.').optional(),
  url: z.string().describe('The address that the monitor sends alerts to.').optional(),
});

const NAMES = SOURCES.map(({ about }) => about.name);
const Body = IntegrationBody.extend({
  source: IntegrationBody.shape.source.refine(
    (given) => NAMES.includes(given),
    `must be one of ${NAMES.join(', ')}`,
  ),
});

const path = '/v1/integrations';

export const routes: Route[] = [
  route(
    'POST /v1/integrations',
    {
      about: 'Creates an integration: one key for one source and one service.',
      needs: 'admin',
      body: Body,
      response: shownOnce,
      status: 201,
      location: ({ id }: { id: string }) => `${path}/${id}`,
      secrets: ['key', 'url'],
    },
    ({ ports, caller, body }) => createIntegration(ports, caller, body),
  ),
  route(
    'POST /v1/integrations/{id}/key',
    {
      about: 'Replaces the integration key. The old key stops working.',
      needs: 'admin',
      response: shownOnce,
      secrets: ['key', 'url'],
    },
    ({ ports, caller, ifMatch, path: { id } }) => rollKey(ports, { ...caller, ifMatch }, id),
  ),
  route(
    'DELETE /v1/integrations/{id}',
    { about: 'Removes an integration and its key.', needs: 'admin', status: 204 },
    ({ ports, caller, ifMatch, path: { id } }) => removeIntegration(ports, { ...caller, ifMatch }, id),
  ),
];
