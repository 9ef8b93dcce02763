import * as z from 'zod';
import { Text } from '../../shared/domain/aggregate.ts';
import { Actor } from '../../shared/domain/outbox/actor.ts';
import {
  ActionItem,
  ActionItemBody,
  ActionItemStatus,
  IssueLink,
} from '../../shared/domain/preventive/action-item/action-item.ts';
import { historyRoutes } from '../../shared/edge/history-routes.ts';
import { commaSeparated, ListQuery, listOf } from '../../shared/edge/list-query.ts';
import { MergePatch } from '../../shared/edge/merge-patch.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import {
  changeItem,
  completeItem,
  dropItem,
  reopenItem,
  verifyItem,
} from '../../shared/workflow/action-items/actions.ts';
import { makeItem } from '../../shared/workflow/action-items/make.ts';
import { listItems, showItem } from '../../shared/workflow/action-items/read.ts';

const { kind: _, generation: __, ...fields } = ActionItem.shape;
export const ActionItemView = z.object({
  ...fields,
  doneBy: z.object(Actor.shape).optional(),
  link: z.object(IssueLink.shape).describe('The linked tracker issue.').optional(),
});

const ItemsQuery = ListQuery.extend({
  clientId: z.string().optional(),
  status: commaSeparated(ActionItemStatus, 'open,done').optional(),
  ownerId: z.string().optional(),
  originId: z.string().describe('Only action items from this review, drill or other source.').optional(),
  overdue: z
    .enum(['true'])
    .describe('Only open action items that are past due.')
    .transform(() => true)
    .optional(),
});

const by = z.string().describe('Id of the person who did this, if not the caller.').optional();
const DoneBody = z.strictObject({ by, note: Text.optional() }).default({});
const VerificationBody = z.strictObject({
  holds: z.boolean(),
  note: Text.describe('What was seen.').optional(),
  by,
});
const ReopeningBody = z.strictObject({ note: Text.describe('Why the item was reopened.'), by });
const DismissalBody = z.strictObject({ reason: Text, by });

const PATH = '/v1/action-items';

export const routes: Route[] = [
  route(
    `GET ${PATH}`,
    {
      about: 'Lists action items, newest first.',
      needs: 'read',
      query: ItemsQuery,
      response: listOf(ActionItemView),
    },
    ({ ports, caller, query }) => listItems(ports, caller.principal, query),
  ),
  route(
    `POST ${PATH}`,
    {
      about: 'Creates an action item with an owner, a due date and a verification. The owner is notified.',
      needs: 'write',
      body: ActionItemBody,
      response: ActionItemView,
      status: 201,
      location: ({ id }: { id: string }) => `${PATH}/${id}`,
    },
    ({ ports, caller, body }) => makeItem(ports, caller, body),
  ),
  route(
    `GET ${PATH}/{id}`,
    { about: 'Shows an action item.', needs: 'read', response: ActionItemView },
    ({ ports, caller, path }) => showItem(ports, caller.principal, path.id),
  ),
  route(
    `PATCH ${PATH}/{id}`,
    {
      about: 'Changes an action item. A new owner is notified, and a new due date restarts the reminders.',
      needs: 'write',
      body: MergePatch,
      response: ActionItemView,
    },
    ({ ports, caller, path: { id }, body, ifMatch }) =>
      changeItem(ports, { ...caller, ifMatch }, { id, patch: body }),
  ),
  route(
    `POST ${PATH}/{id}/completion`,
    {
      about: 'Marks the action item as done and starts its verification.',
      needs: 'write',
      body: DoneBody,
      response: ActionItemView,
    },
    ({ ports, caller, path: { id }, body, ifMatch }) =>
      completeItem(ports, { ...caller, ifMatch }, { id, ...body }),
  ),
  route(
    `POST ${PATH}/{id}/verification`,
    {
      about: 'Records a check by a second person: the item is proven or reopened.',
      needs: 'write',
      body: VerificationBody,
      response: ActionItemView,
    },
    ({ ports, caller, path: { id }, body, ifMatch }) =>
      verifyItem(ports, { ...caller, ifMatch }, { id, ...body }),
  ),
  route(
    `POST ${PATH}/{id}/reopening`,
    { about: 'Reopens the action item.', needs: 'write', body: ReopeningBody, response: ActionItemView },
    ({ ports, caller, path: { id }, body, ifMatch }) =>
      reopenItem(ports, { ...caller, ifMatch }, { id, ...body }),
  ),
  route(
    `POST ${PATH}/{id}/dismissal`,
    {
      about:
        'Drops the action item on the responsibility of a person. The technical lead is notified of the reason.',
      needs: 'write',
      body: DismissalBody,
      response: ActionItemView,
    },
    ({ ports, caller, path: { id }, body, ifMatch }) =>
      dropItem(ports, { ...caller, ifMatch }, { id, ...body }),
  ),
  ...historyRoutes({ kind: 'action-item', path: `${PATH}/{id}`, called: 'an action item' }),
];
