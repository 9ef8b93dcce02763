import { Client } from '../../shared/domain/directory/client.ts';
import { readRoutes, StoredView, writeRoutes } from '../../shared/edge/resource-routes.ts';
import { clients } from '../../shared/workflow/directory/resources.ts';

const { name, technicalLeadId, projectManagerId, reviewRule, followUp } = Client.shape;
const view = StoredView.extend({ name, technicalLeadId, projectManagerId, reviewRule, followUp });
const of = { resource: clients, path: '/v1/clients', view } as const;

export const routes = [...readRoutes(of), ...writeRoutes(of)];
