import * as z from 'zod';
import { Text } from '../../shared/domain/aggregate.ts';
import { Escalation, type Incident, Status } from '../../shared/domain/corrective/incidents/incident.ts';
import { Page } from '../../shared/domain/corrective/paging/page.ts';
import { Urgency } from '../../shared/domain/directory/person.ts';
import { Severity } from '../../shared/domain/outbox/severity.ts';
import { SimilarIncidents } from '../../shared/domain/preventive/recurrence/fingerprint.ts';
import { Instant } from '../../shared/domain/time.ts';
import { historyView } from '../../shared/edge/history-view.ts';
import { commaSeparated, ListQuery, listOf } from '../../shared/edge/list-query.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import { type Action, actionFor, noteFor, openByHand } from '../../shared/workflow/incidents/actions.ts';
import {
  listIncidents,
  listPages,
  listTimeline,
  showIncident,
} from '../../shared/workflow/incidents/read.ts';
import { similarIncidentsOf } from '../../shared/workflow/recurrence/read.ts';

const IncidentView = z.object({
  id: z.string(),
  version: z.number(),
  createdAt: Instant,
  updatedAt: Instant,
  number: z.number(),
  title: z.string(),
  summary: z.string().optional(),
  status: Status,
  severity: Severity,
  urgency: Urgency,
  clientId: z.string(),
  clientName: z.string(),
  serviceId: z.string(),
  serviceName: z.string(),
  openedAt: Instant,
  acknowledgedAt: Instant.optional(),
  acknowledgedBy: z.string().optional(),
  helpFor: z.string().optional(),
  containedAt: Instant.optional(),
  resolvedAt: Instant.optional(),
  closedAt: Instant.optional(),
  drill: z.boolean(),
  escalation: z.object(Escalation.shape),
});

const { id, purpose, personId, personName, methodId, channel, state, attempts, loop, step } = Page.shape;
const { promisedAt, dueAt, handedOverAt, lastError } = Page.shape;
const PageView = z.object({
  ...{ id, purpose, personId, personName, methodId, channel, state, attempts, loop, step },
  ...{ promisedAt, dueAt, handedOverAt, lastError },
});

const ResemblanceView = z.object({
  at: Instant.optional(),
  to: z.array(z.object(SimilarIncidents.shape.to.element.shape)),
});

const IncidentsQuery = ListQuery.extend({
  status: commaSeparated(Status, 'triggered,acknowledged').optional(),
  severity: commaSeparated(Severity, 'sev1,sev2').optional(),
  clientId: z.string().optional(),
  serviceId: z.string().optional(),
  from: z.iso.datetime({ offset: true }).describe('Opened at this time or later.').optional(),
  to: z.iso.datetime({ offset: true }).describe('Opened before this time.').optional(),
});

const OpeningBody = z.strictObject({
  serviceId: z.string(),
  title: z.string().trim().min(1).max(1024),
  severity: Severity,
  summary: Text.optional(),
});

const ActionBody = z
  .strictObject({
    by: z.string().describe('Id of the person who did this, if not the caller.').optional(),
    note: Text.optional(),
  })
  .default({});

const NoteBody = z.strictObject({ by: z.string().optional(), note: Text });

const Incidents = listOf(IncidentView);

/** The sub-resource that makes each move, and what the documentation says of it. */
const ACTIONS: [string, Action, string][] = [
  ['acknowledgement', 'acknowledge', 'Acknowledges the incident: paging stops.'],
  [
    'containment',
    'contain',
    'Marks the incident contained: the impact has stopped, but the cause may remain.',
  ],
  ['resolution', 'resolve', 'Resolves the incident.'],
  ['reopening', 'reopen', 'Reopens the incident and pages from the first step.'],
  ['closure', 'close', 'Closes the incident for good.'],
  ['escalation', 'escalate', 'Escalates to the next step at once.'],
  ['help-requests', 'help', 'Asks for help: pages the next step while the responder keeps working.'],
];

const move = ([name, what, about]: (typeof ACTIONS)[number]): Route =>
  route(
    `POST /v1/incidents/{id}/${name}`,
    { about, needs: 'write', body: ActionBody, response: IncidentView },
    ({ ports, caller, path, body, ifMatch }) =>
      actionFor(ports, { ...caller, ifMatch }, { id: path.id ?? '', what, body }),
  );

export const routes: Route[] = [
  route(
    'GET /v1/incidents',
    { about: 'Lists incidents, newest first.', needs: 'read', query: IncidentsQuery, response: Incidents },
    ({ ports, caller, query }) => listIncidents(ports, caller.principal, inUtc(query)),
  ),
  route(
    'POST /v1/incidents',
    {
      about: 'Opens an incident manually and pages as an alert would.',
      needs: 'write',
      body: OpeningBody,
      response: IncidentView,
      status: 201,
      location: (incident: Incident) => `/v1/incidents/${incident.id}`,
    },
    ({ ports, caller, body }) => openByHand(ports, caller, body),
  ),
  route(
    'GET /v1/incidents/{id}',
    { about: 'Shows an incident.', needs: 'read', response: IncidentView },
    ({ ports, caller, path }) => showIncident(ports, caller.principal, path.id),
  ),
  ...ACTIONS.map(move),
  route(
    'POST /v1/incidents/{id}/notes',
    { about: 'Adds a line to the timeline.', needs: 'write', body: NoteBody, response: IncidentView },
    ({ ports, caller, path, body }) => noteFor(ports, caller, { id: path.id, body }),
  ),
  route(
    'GET /v1/incidents/{id}/timeline',
    {
      about: 'Lists the timeline, oldest first, with the reason for each entry.',
      needs: 'read',
      query: ListQuery,
      ...historyView,
    },
    ({ ports, caller, path, query }) =>
      listTimeline(ports, caller.principal, { incidentId: path.id, ...query }),
  ),
  route(
    'GET /v1/incidents/{id}/similar-incidents',
    {
      about:
        'Lists earlier incidents that this one resembles, why, and what helped then. Empty when there are none.',
      needs: 'read',
      response: ResemblanceView,
    },
    ({ ports, caller, path }) => similarIncidentsOf(ports, caller.principal, path.id),
  ),
  route(
    'GET /v1/incidents/{id}/pages',
    {
      about: 'Lists every page for this incident, with its delivery status.',
      needs: 'read',
      query: ListQuery,
      response: listOf(PageView),
    },
    ({ ports, caller, path, query }) => listPages(ports, caller.principal, { incidentId: path.id, ...query }),
  ),
];

/** Times as the store compares them. */
const inUtc = <Q extends { from?: string | undefined; to?: string | undefined }>(query: Q): Q => ({
  ...query,
  ...(query.from ? { from: new Date(query.from).toISOString() } : {}),
  ...(query.to ? { to: new Date(query.to).toISOString() } : {}),
});
