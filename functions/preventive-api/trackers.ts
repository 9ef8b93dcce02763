import * as z from 'zod';
import { TrackerBody, trackers } from '../../shared/domain/preventive/tracker/tracker.ts';
import { viewOf } from '../../shared/edge/resource-routes.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import { changeTracker, makeTracker, removeTracker } from '../../shared/workflow/trackers/crud.ts';
import { linkItem, unlinkItem } from '../../shared/workflow/trackers/link.ts';
import { ActionItemView } from './action-items.ts';

const shownOnce = viewOf(trackers).extend({
  webhook: z
    .object({
      url: z.string().describe('Where the tracker’s webhook sends to, as application/json.'),
      secret: z.string().describe('With which the webhook signs.'),
    })
    .describe('Shown in this answer only: what the tracker’s webhook is set up with.')
    .optional(),
});

const TrackerPatch = z
  .record(z.string(), z.unknown())
  .describe('A merge patch (RFC 7396) of name, linksAll, account, apiUrl and token.');
const LinkBody = z.strictObject({
  trackerId: z.string(),
  key: z
    .string()
    .trim()
    .max(100)
    .describe('The issue that is there already, such as `42` or `OPS-17`; without it one is made.')
    .optional(),
});

const path = '/v1/trackers';
const link = '/v1/action-items/{id}/link';

export const routes: Route[] = [
  route(
    `POST ${path}`,
    {
      about: 'Makes a tracker, once it has shown its project to the token. The token is never shown again.',
      needs: 'admin',
      body: TrackerBody,
      response: shownOnce,
      status: 201,
      location: ({ id }: { id: string }) => `${path}/${id}`,
      secrets: ['webhook'],
    },
    ({ ports, caller, body }) => makeTracker(ports, caller, body),
  ),
  route(
    `PATCH ${path}/{id}`,
    {
      about: 'Changes a tracker. Another apiUrl wants the token again.',
      needs: 'admin',
      body: TrackerPatch,
      response: shownOnce,
    },
    ({ ports, caller, ifMatch, path: { id }, body }) =>
      changeTracker(ports, { ...caller, ifMatch }, { id, patch: body }),
  ),
  route(
    `DELETE ${path}/{id}`,
    {
      about:
        'Removes a tracker and its secrets; the issues stay. Refused while an action item that waits to be proven is linked to it.',
      needs: 'admin',
      status: 204,
    },
    ({ ports, caller, ifMatch, path: { id } }) => removeTracker(ports, { ...caller, ifMatch }, id),
  ),
  route(
    `POST ${link}`,
    {
      about: 'Links an action item to an issue that is there already, or has one made.',
      needs: 'write',
      body: LinkBody,
      response: ActionItemView,
    },
    ({ ports, caller, ifMatch, path: { id }, body }) =>
      linkItem(ports, { ...caller, ifMatch }, { id, ...body }),
  ),
  route(
    `DELETE ${link}`,
    {
      about: 'Takes the link away. The issue stays as it is.',
      needs: 'write',
      status: 204,
    },
    ({ ports, caller, ifMatch, path: { id } }) => unlinkItem(ports, { ...caller, ifMatch }, id),
  ),
];
