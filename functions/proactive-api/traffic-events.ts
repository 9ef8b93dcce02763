import * as z from 'zod';
import { Name, Text } from '../../shared/domain/aggregate.ts';
import { Notice } from '../../shared/domain/outbox/notice.ts';
import {
  OutcomeBody,
  TrafficEvent,
  TrafficEventBody,
} from '../../shared/domain/proactive/traffic/traffic-event.ts';
import { At, Instant } from '../../shared/domain/time.ts';
import { historyView } from '../../shared/edge/history-view.ts';
import { ListQuery, listOf } from '../../shared/edge/list-query.ts';
import { MergePatch } from '../../shared/edge/merge-patch.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import { acknowledgeByHand, checkOffFor, reportOutcome } from '../../shared/workflow/traffic/answer.ts';
import { cancelEvent, changeEvent } from '../../shared/workflow/traffic/change.ts';
import { planEvent } from '../../shared/workflow/traffic/plan.ts';
import { type Proof, proofOf } from '../../shared/workflow/traffic/proof.ts';
import { historyOf, listEvents, showEvent } from '../../shared/workflow/traffic/read.ts';

const { kind: _event, ...fields } = TrafficEvent.shape;
const EventView = z.object({
  ...fields,
  warnings: z
    .array(z.string())
    .describe('Problems that do not prevent saving but should be fixed.')
    .optional(),
});

const { id, name, start, end, expectedPeak, outcome } = TrafficEvent.shape;
const Similar = z.object({ id, name, start, end, expectedPeak, outcome });
const EventPage = EventView.extend({
  similar: z.array(Similar).describe('Outcomes of the last three events of this type for this client.'),
});

const { kind: _notice, subjectId: _of, promise: _promise, clientId: _owner, ...notice } = Notice.shape;
const NoticeView = z.object(notice);
const ProofView = z.object({
  event: EventView,
  clientName: z.string(),
  serviceNames: z.array(z.string()),
  at: Instant,
  providers: z.array(
    z.object({ provider: fields.notices.element, notices: z.array(NoticeView).describe('Oldest first.') }),
  ),
});

/** The proof by provider: what each was sent, beside where it stands. */
const presentProof = ({ event, notices, ...rest }: Proof) => ({
  ...rest,
  event,
  providers: event.notices.map((provider) => ({
    provider,
    notices: notices.filter(({ providerId }) => providerId === provider.providerId),
  })),
});

const EventsQuery = ListQuery.extend({
  clientId: z.string().optional(),
  from: At.describe('Begins at this time or later.').optional(),
  to: At.describe('Begins before this time.').optional(),
});

const CancellationBody = z.strictObject({ reason: Text.optional() }).default({});
const CheckBody = z
  .strictObject({
    by: z.string().describe('Id of the person who did this, if not the caller.').optional(),
  })
  .default({});
const AnswerBody = z.strictObject({
  by: Name.describe('Who confirmed, at the provider.'),
  answer: Text.describe('Their answer: a ticket number, an upsize, a refusal.').optional(),
});

const PATH = '/v1/traffic-events';

export const routes: Route[] = [
  route(
    `GET ${PATH}`,
    {
      about: 'Lists planned traffic, newest first.',
      needs: 'read',
      query: EventsQuery,
      response: listOf(EventView),
    },
    ({ ports, caller, query }) => listEvents(ports, caller.principal, query),
  ),
  route(
    `POST ${PATH}`,
    {
      about: 'Plans traffic and notifies the hosting providers.',
      needs: 'write',
      body: TrafficEventBody,
      response: EventView,
      status: 201,
      location: (event: { id: string }) => `${PATH}/${event.id}`,
    },
    ({ ports, caller, body }) => planEvent(ports, caller, body),
  ),
  route(
    `GET ${PATH}/{id}`,
    {
      about: 'Shows planned traffic, with the outcomes of similar events.',
      needs: 'read',
      response: EventPage,
    },
    ({ ports, caller, path }) => showEvent(ports, caller.principal, path.id),
  ),
  route(
    `PATCH ${PATH}/{id}`,
    {
      about: 'Changes planned traffic and sends the changes to everyone already notified.',
      needs: 'write',
      body: MergePatch,
      response: EventView,
    },
    ({ ports, caller, path, body, ifMatch }) =>
      changeEvent(ports, { ...caller, ifMatch }, { id: path.id, patch: body }),
  ),
  route(
    `POST ${PATH}/{id}/cancellation`,
    {
      about: 'Cancels planned traffic and informs everyone already notified.',
      needs: 'write',
      body: CancellationBody,
      response: EventView,
    },
    ({ ports, caller, path, body, ifMatch }) =>
      cancelEvent(ports, { ...caller, ifMatch }, { id: path.id, reason: body.reason }),
  ),
  route(
    `POST ${PATH}/{id}/pre-checks/{check}`,
    { about: 'Ticks off a check.', needs: 'write', body: CheckBody, response: EventView },
    ({ ports, caller, path, body, ifMatch }) =>
      checkOffFor(ports, { ...caller, ifMatch }, { id: path.id, check: path.check, by: body.by }),
  ),
  route(
    `POST ${PATH}/{id}/outcome`,
    {
      about: 'Records the outcome, as a reference for the next event.',
      needs: 'write',
      body: OutcomeBody,
      response: EventView,
    },
    ({ ports, caller, path, body, ifMatch }) =>
      reportOutcome(ports, { ...caller, ifMatch }, { id: path.id, outcome: body }),
  ),
  route(
    `POST ${PATH}/{id}/notices/{providerId}/acknowledgement`,
    {
      about: 'Records a confirmation that a provider gave by phone.',
      needs: 'write',
      body: AnswerBody,
      response: EventView,
    },
    ({ ports, caller, path, body, ifMatch }) =>
      acknowledgeByHand(ports, { ...caller, ifMatch }, { ...path, ...body }),
  ),
  route(
    `GET ${PATH}/{id}/history`,
    {
      about: 'Lists the timeline, oldest first, with the reason for each entry.',
      needs: 'read',
      query: ListQuery,
      ...historyView,
    },
    ({ ports, caller, path, query }) => historyOf(ports, caller.principal, { id: path.id, ...query }),
  ),
  route(
    `GET ${PATH}/{id}/proof`,
    {
      about: 'Lists every notice to a provider: recipient, time, text and answer.',
      needs: 'read',
      response: ProofView,
      present: presentProof,
    },
    ({ ports, caller, path }) => proofOf(ports, caller.principal, path.id),
  ),
];
