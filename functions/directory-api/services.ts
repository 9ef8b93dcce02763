import { Service } from '../../shared/domain/directory/service.ts';
import { Kept, keeping, making } from '../../shared/edge/noun-routes.ts';
import { services } from '../../shared/workflow/directory/nouns.ts';

const { clientId, name, escalationPolicyId, providerId, groupingWindow, reopenWindow } = Service.shape;
export const view = Kept.extend({
  ...{ clientId, name, escalationPolicyId, providerId, groupingWindow, reopenWindow },
});
const of = { noun: services, path: '/v1/services', view, byClient: true } as const;

export const routes = [...keeping(of), ...making(of)];
