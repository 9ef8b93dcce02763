import * as z from 'zod';
import { Alert, Change } from '../../shared/domain/proactive/alerts/alert.ts';
import { ListQuery, listOf } from '../../shared/edge/list-query.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import { listAlerts, listChanges, showAlert } from '../../shared/workflow/incidents/read.ts';

const { kind: _alert, ...alert } = Alert.shape;
const AlertView = z.object({
  ...alert,
  status: z.enum(['triggered', 'acknowledged', 'resolved', 'suppressed']),
});

const { kind: _change, expiresAt: _expiry, ...change } = Change.shape;
const ChangeView = z.object(change);

const AlertsQuery = ListQuery.extend({ clientId: z.string().optional(), incidentId: z.string().optional() });
const ChangesQuery = ListQuery.extend({ clientId: z.string().optional(), serviceId: z.string().optional() });

export const routes: Route[] = [
  route(
    'GET /v1/alerts',
    {
      about: 'Lists alerts, newest first; those of one incident oldest first.',
      needs: 'read',
      query: AlertsQuery,
      response: listOf(AlertView),
    },
    ({ ports, caller, query }) => listAlerts(ports, caller.principal, query),
  ),
  route(
    'GET /v1/alerts/{id}',
    { about: 'Shows one episode of an alert.', needs: 'read', response: AlertView },
    ({ ports, caller, path }) => showAlert(ports, caller.principal, path.id),
  ),
  route(
    'GET /v1/changes',
    {
      about: 'Lists changes of the last 90 days, newest first.',
      needs: 'read',
      query: ChangesQuery,
      response: listOf(ChangeView),
    },
    ({ ports, caller, query }) => listChanges(ports, caller.principal, query),
  ),
];
