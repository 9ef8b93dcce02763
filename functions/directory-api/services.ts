import { Service } from '../../shared/domain/directory/service.ts';
import { readRoutes, StoredView, writeRoutes } from '../../shared/edge/resource-routes.ts';
import { services } from '../../shared/workflow/directory/resources.ts';

const { clientId, name, escalationPolicyId, providerId, groupingWindow, reopenWindow } = Service.shape;
export const view = StoredView.extend({
  ...{ clientId, name, escalationPolicyId, providerId, groupingWindow, reopenWindow },
});
const of = { resource: services, path: '/v1/services', view, byClient: true } as const;

export const routes = [...readRoutes(of), ...writeRoutes(of)];
