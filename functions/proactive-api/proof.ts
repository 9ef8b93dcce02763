import * as z from 'zod';
import { type Route, route } from '../../shared/edge/route.ts';
import { proofPage } from '../../shared/pages/proof-page.ts';
import { calendarAddress } from '../../shared/workflow/traffic/calendar-feed.ts';
import { proofOf } from '../../shared/workflow/traffic/proof.ts';

export const routes: Route[] = [
  route(
    'GET /v1/traffic-events/{id}/proof.html',
    {
      about: 'Who was told of it, when, in which words, and what they answered: one page to print or show.',
      needs: 'read',
      page: proofPage,
    },
    ({ ports, caller, path }) => proofOf(ports, caller.principal, path.id),
  ),
  route(
    'GET /v1/clients/{id}/calendar',
    {
      about:
        'The address at which a calendar reads the planned traffic of a client. Whoever has it may read it.',
      needs: 'read',
      response: z.object({ url: z.url() }),
    },
    ({ ports, caller, path }) => calendarAddress(ports, caller.principal, path.id),
  ),
];
