/**
 * When: a request for planned traffic, its proof and calendar, or the trouble of providers.
 * What: parses it, and calls one workflow.
 * Safe to repeat: a change is guarded by its version, and a POST with an Idempotency-Key is done once.
 */
import { api } from '../../shared/edge/http.ts';
import type { Route } from '../../shared/edge/route.ts';
import { routes as proof } from './proof.ts';
import { routes as providerIncidents } from './provider-incidents.ts';
import { routes as trafficEvents } from './traffic-events.ts';

export const routes: Route[] = [...trafficEvents, ...proof, ...providerIncidents];

export const handler = api('proactive-api', routes);
