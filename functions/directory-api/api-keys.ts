import * as z from 'zod';
import { ApiKeyBody, apiKeys } from '../../shared/domain/directory/integration.ts';
import { viewOf } from '../../shared/edge/resource-routes.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import { createApiKey, revokeApiKey } from '../../shared/workflow/directory/keys.ts';

const shownOnce = viewOf(apiKeys).extend({
  key: z.string().describe('Shown only in this response.').optional(),
});
const path = '/v1/api-keys';

export const routes: Route[] = [
  route(
    'POST /v1/api-keys',
    {
      about: 'Creates an API key for all clients or some.',
      needs: 'admin',
      body: ApiKeyBody,
      response: shownOnce,
      status: 201,
      location: ({ id }: { id: string }) => `${path}/${id}`,
      secrets: ['key'],
    },
    ({ ports, caller, body }) => createApiKey(ports, caller, body),
  ),
  route(
    'DELETE /v1/api-keys/{id}',
    { about: 'Revokes an API key.', needs: 'admin', status: 204 },
    ({ ports, caller, ifMatch, path: { id } }) => revokeApiKey(ports, { ...caller, ifMatch }, id),
  ),
];
