import * as z from 'zod';
import { ApiKey, ApiKeyBody } from '../../shared/domain/directory/integration.ts';
import { readRoutes, StoredView } from '../../shared/edge/resource-routes.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import { createApiKey, revokeApiKey } from '../../shared/workflow/directory/keys.ts';
import { apiKeys } from '../../shared/workflow/directory/resources.ts';

const { name, scopes, clientIds } = ApiKey.shape;
const view = StoredView.extend({ name, scopes, clientIds });
const shownOnce = view.extend({ key: z.string().describe('Shown in this answer only.').optional() });
const path = '/v1/api-keys';

export const routes: Route[] = [
  ...readRoutes({ resource: apiKeys, path, view }),
  route(
    'POST /v1/api-keys',
    {
      about: 'Makes an API key, for all clients or some.',
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
