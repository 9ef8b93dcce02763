import * as z from 'zod';
import { Text } from '../../shared/domain/aggregate.ts';
import {
  ProviderTicket,
  ProviderTicketBody,
} from '../../shared/domain/corrective/provider-tickets/provider-ticket.ts';
import { ProviderContact } from '../../shared/domain/directory/provider.ts';
import { historyRoutes } from '../../shared/edge/history-routes.ts';
import { ListQuery, listOf } from '../../shared/edge/list-query.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import {
  answerTicket,
  chaseTicket,
  closeTicket,
  referTicket,
} from '../../shared/workflow/provider-tickets/actions.ts';
import { askProvider } from '../../shared/workflow/provider-tickets/ask.ts';
import { listTickets, showTicket } from '../../shared/workflow/provider-tickets/read.ts';

const { kind: _, generation: __, ...fields } = ProviderTicket.shape;
const contact = ProviderContact.shape;
const TicketView = z.object({
  ...fields,
  contact: z
    .object({
      id: contact.id,
      name: contact.name,
      way: contact.way,
      address: z.string(),
      hours: contact.hours,
    })
    .describe('Whom to contact now.')
    .optional(),
  accountNumber: z.string().optional(),
  haveAtHand: z.array(z.string()),
});

const by = z.string().describe('Id of the person who did this, if not the caller.').optional();
const reference = z.string().trim().min(1).max(200).describe('The provider’s own ticket number.');
const NoteBody = z.strictObject({ by, note: Text.optional() }).default({});
const AnswerBody = z.strictObject({ by, reference: reference.optional(), note: Text.optional() }).default({});
const ChangeBody = z.strictObject({ reference: reference.nullable().optional() });
const Query = ListQuery.extend({ clientId: z.string().optional(), incidentId: z.string().optional() });

const path = '/v1/provider-tickets';

export const routes: Route[] = [
  route(
    `POST ${path}`,
    {
      about:
        'Opens a ticket with a hosting provider and tracks its response time. Firebreak sends e-mail itself; for other channels the response says whom to contact.',
      needs: 'write',
      body: ProviderTicketBody,
      response: TicketView,
      status: 201,
      location: ({ id }: { id: string }) => `${path}/${id}`,
    },
    ({ ports, caller, body }) => askProvider(ports, caller, body),
  ),
  route(
    `GET ${path}`,
    {
      about: 'Lists provider tickets, newest first; those of one incident oldest first.',
      needs: 'read',
      query: Query,
      response: listOf(TicketView),
    },
    ({ ports, caller, query }) => listTickets(ports, caller.principal, query),
  ),
  route(
    `GET ${path}/{id}`,
    {
      about: 'Shows a provider ticket and whom to contact now.',
      needs: 'read',
      response: TicketView,
    },
    ({ ports, caller, path: { id } }) => showTicket(ports, caller.principal, id),
  ),
  route(
    `PATCH ${path}/{id}`,
    { about: 'Changes the provider’s reference.', needs: 'write', body: ChangeBody, response: TicketView },
    ({ ports, caller, ifMatch, path: { id }, body }) =>
      referTicket(ports, { ...caller, ifMatch }, { id, reference: body.reference }),
  ),
  route(
    `POST ${path}/{id}/answer`,
    {
      about: 'Records that the provider has answered, and stops the reminders.',
      needs: 'write',
      body: AnswerBody,
      response: TicketView,
    },
    ({ ports, caller, ifMatch, path: { id }, body }) =>
      answerTicket(ports, { ...caller, ifMatch }, { id, body }),
  ),
  route(
    `POST ${path}/{id}/chase`,
    {
      about: 'Escalates to the provider’s next level at once.',
      needs: 'write',
      body: NoteBody,
      response: TicketView,
    },
    ({ ports, caller, ifMatch, path: { id }, body }) =>
      chaseTicket(ports, { ...caller, ifMatch }, { id, body }),
  ),
  route(
    `POST ${path}/{id}/closure`,
    { about: 'Closes the ticket.', needs: 'write', body: NoteBody, response: TicketView },
    ({ ports, caller, ifMatch, path: { id }, body }) =>
      closeTicket(ports, { ...caller, ifMatch }, { id, body }),
  ),
  ...historyRoutes({ kind: 'provider-ticket', path: `${path}/{id}`, called: 'a ticket' }),
];
