import * as z from 'zod';
import { Instant } from '../../shared/domain/time.ts';
import { ListQuery, listOf } from '../../shared/edge/list-query.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import { listOnCall, showOnCall } from '../../shared/workflow/incidents/on-call.ts';

const DutyView = z.object({
  scheduleId: z.string(),
  scheduleName: z.string(),
  personId: z.string(),
  personName: z.string(),
  until: Instant,
});

const AtQuery = z.strictObject({
  at: z.iso.datetime({ offset: true }).describe('Defaults to now.').optional(),
});

export const routes: Route[] = [
  route(
    'GET /v1/on-call',
    {
      about: 'Shows who is on call now on every schedule.',
      needs: 'read',
      query: ListQuery,
      response: listOf(DutyView),
    },
    ({ ports, caller, query }) => listOnCall(ports, caller, query),
  ),
  route(
    'GET /v1/schedules/{id}/on-call',
    {
      about: 'Shows who is on call on a schedule, and until when.',
      needs: 'read',
      query: AtQuery,
      response: DutyView,
    },
    ({ ports, caller, path, query }) =>
      showOnCall(ports, caller, {
        id: path.id,
        ...(query.at ? { at: new Date(query.at).toISOString() } : {}),
      }),
  ),
];
