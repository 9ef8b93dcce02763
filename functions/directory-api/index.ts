/**
 * When: a request for clients, services, people, providers, integrations or API keys.
 * What: parses it, and calls one workflow.
 * Safe to repeat: a change is guarded by its version, and a POST with an Idempotency-Key is done once.
 */
import { api } from '../../shared/edge/http.ts';
import { withResources } from '../../shared/edge/resource-routes.ts';
import type { Route } from '../../shared/edge/route.ts';
import { routes as apiKeys } from './api-keys.ts';
import { routes as integrations } from './integrations.ts';
import { routes as providers } from './providers.ts';

export const routes: Route[] = withResources('directory', [...providers, ...integrations, ...apiKeys]);

export const handler = api('directory-api', routes);
