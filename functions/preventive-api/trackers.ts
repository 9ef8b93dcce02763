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
      url: z.string().describe('The address for the tracker’s webhook, as application/json.'),
      secret: z.string().describe('The secret that signs the webhook.'),
    })
    .describe('Shown only in this response: the settings for the tracker’s webhook.')
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
    .describe('An existing issue, such as `42` or `OPS-17`. If omitted, Firebreak creates one.')
    .optional(),
});

const path = '/v1/trackers';
const link = '/v1/action-items/{id}/link';

export const routes: Route[] = [
  route(
    `POST ${path}`,
    {
      about:
        'Creates a tracker after checking that the token can read the project. The token is never shown again.',
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
      about: 'Changes a tracker. A new apiUrl requires the token again.',
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
        'Removes a tracker and its secrets; the issues stay. Rejected while a linked action item waits for verification.',
      needs: 'admin',
      status: 204,
    },
    ({ ports, caller, ifMatch, path: { id } }) => removeTracker(ports, { ...caller, ifMatch }, id),
  ),
  route(
    `POST ${link}`,
    {
      about: 'Links an action item to an existing issue, or creates one.',
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
      about: 'Removes the link. The issue stays unchanged.',
      needs: 'write',
      status: 204,
    },
    ({ ports, caller, ifMatch, path: { id } }) => unlinkItem(ports, { ...caller, ifMatch }, id),
  ),
];
