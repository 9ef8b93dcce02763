/**
 * When: a request for incidents, alerts, changes, schedules, escalation policies, provider tickets or who is on call.
 * What: parses it, and calls one workflow.
 * Safe to repeat: every move is an outcome when it was made already, and a POST with an Idempotency-Key is done once.
 */
import { api } from '../../shared/edge/http.ts';
import { withResources } from '../../shared/edge/resource-routes.ts';
import type { Route } from '../../shared/edge/route.ts';
import { routes as alerts } from './alerts.ts';
import { routes as incidents } from './incidents.ts';
import { routes as onCall } from './on-call.ts';
import { routes as providerTickets } from './provider-tickets.ts';

export const routes: Route[] = withResources('corrective', [
  ...incidents,
  ...alerts,
  ...onCall,
  ...providerTickets,
]);

export const handler = api('corrective-api', routes);
