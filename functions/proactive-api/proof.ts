import * as z from 'zod';
import { type Route, route } from '../../shared/edge/route.ts';
import { proofPage } from '../../shared/pages/proof-page.ts';
import { calendarAddress } from '../../shared/workflow/traffic/calendar-feed.ts';
import { proofOf } from '../../shared/workflow/traffic/proof.ts';

export const routes: Route[] = [
  route(
    'GET /v1/traffic-events/{id}/proof.html',
    {
      about: 'Shows who was notified, when, with which text, and what they answered, on one printable page.',
      needs: 'read',
      page: proofPage,
    },
    ({ ports, caller, path }) => proofOf(ports, caller.principal, path.id),
  ),
  route(
    'GET /v1/clients/{id}/calendar',
    {
      about:
        'Returns a calendar address for the planned traffic of a client. Anyone with the address can read the calendar.',
      needs: 'read',
      response: z.object({ url: z.url() }),
    },
    ({ ports, caller, path }) => calendarAddress(ports, caller.principal, path.id),
  ),
];
