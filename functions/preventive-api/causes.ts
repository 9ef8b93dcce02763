import * as z from 'zod';
import { Cause, CauseSighting } from '../../shared/domain/preventive/recurrence/cause.ts';
import { ListQuery, listOf } from '../../shared/edge/list-query.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import { listCauses, showCause } from '../../shared/workflow/action-items/causes.ts';
import { ActionItemView } from './action-items.ts';

const { kind: _, ...fields } = Cause.shape;
const CauseView = z.object(fields);

const { incidentId, at, how } = CauseSighting.shape;
const CausePage = CauseView.extend({
  sightings: z
    .array(z.object({ incidentId, at, how }))
    .describe('The incidents that this cause led to: the latest 50, newest first.'),
  actionItems: z.array(ActionItemView).describe('The action items that should prevent this cause.'),
});

const Query = ListQuery.extend({ clientId: z.string().optional() });

export const routes: Route[] = [
  route(
    'GET /v1/causes',
    {
      about: 'Lists the causes that reviews have found, newest first.',
      needs: 'read',
      query: Query,
      response: listOf(CauseView),
    },
    ({ ports, caller, query }) => listCauses(ports, caller.principal, query),
  ),
  route(
    'GET /v1/causes/{id}',
    {
      about: 'Shows a cause, the incidents it led to, and its action items.',
      needs: 'read',
      response: CausePage,
    },
    ({ ports, caller, path }) => showCause(ports, caller.principal, path.id),
  ),
];
