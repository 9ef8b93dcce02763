import { EscalationPolicy } from '../../shared/domain/corrective/incidents/escalation-policy.ts';
import { readRoutes, StoredView, writeRoutes } from '../../shared/edge/resource-routes.ts';
import { escalationPolicies } from '../../shared/workflow/directory/resources.ts';

const { name, steps, repeats } = EscalationPolicy.shape;
const view = StoredView.extend({ name, steps, repeats });
const of = { resource: escalationPolicies, path: '/v1/escalation-policies', view } as const;

export const routes = [...readRoutes(of), ...writeRoutes(of)];
