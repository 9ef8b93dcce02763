/**
 * When: a request for reviews, their causes, action items, or the trackers that those are linked to.
 * What: parses it, and calls one workflow.
 * Safe to repeat: a change is guarded by its version, and a POST with an Idempotency-Key is done once.
 */
import { api } from '../../shared/edge/http.ts';
import { withResources } from '../../shared/edge/resource-routes.ts';
import type { Route } from '../../shared/edge/route.ts';
import { routes as actionItems } from './action-items.ts';
import { routes as causes } from './causes.ts';
import { routes as reviewContents } from './review-contents.ts';
import { routes as reviewDocuments } from './review-documents.ts';
import { routes as reviews } from './reviews.ts';
import { routes as trackers } from './trackers.ts';

export const routes: Route[] = withResources('preventive', [
  ...reviews,
  ...reviewContents,
  ...reviewDocuments,
  ...actionItems,
  ...causes,
  ...trackers,
]);

export const handler = api('preventive-api', routes);
