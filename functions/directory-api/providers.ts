import * as z from 'zod';
import { providers } from '../../shared/domain/directory/provider-resource.ts';
import { services } from '../../shared/domain/directory/service.ts';
import { historyView } from '../../shared/edge/history-view.ts';
import { ListQuery, listOf } from '../../shared/edge/list-query.ts';
import { viewOf } from '../../shared/edge/resource-routes.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import { read } from '../../shared/workflow/directory/crud.ts';
import { listHosted } from '../../shared/workflow/providers/hosted.ts';
import { listProviderHistory, reviewProvider } from '../../shared/workflow/providers/review.ts';

const ReviewBody = z
  .strictObject({
    by: z.string().describe('Id of the person who did this, if not the caller.').optional(),
  })
  .default({});

export const routes: Route[] = [
  route(
    'POST /v1/providers/{id}/review',
    {
      about: 'Confirms that the details of a provider are correct, and restarts the review interval.',
      needs: 'admin',
      body: ReviewBody,
      response: viewOf(providers),
    },
    ({ ports, caller, ifMatch, path, body }) =>
      reviewProvider(ports, { ...caller, ifMatch }, { id: path.id, ...body }),
  ),
  route(
    'GET /v1/providers/{id}/services',
    {
      about: 'Lists the services hosted by a provider, for the clients that the caller may read.',
      needs: 'read',
      query: ListQuery,
      response: listOf(viewOf(services)),
    },
    async ({ ports, caller, path, query }) => {
      await read(ports, caller, { resource: providers, id: path.id });
      return listHosted(ports, caller, { providerId: path.id, ...query });
    },
  ),
  route(
    'GET /v1/providers/{id}/history',
    {
      about: 'Reviews and reminders of a provider, oldest first.',
      needs: 'read',
      query: ListQuery,
      ...historyView,
    },
    ({ ports, caller, path, query }) => listProviderHistory(ports, caller, { id: path.id, ...query }),
  ),
];
