import { Client } from '../../shared/domain/directory/client.ts';
import { Kept, keeping, making } from '../../shared/edge/noun-routes.ts';
import { clients } from '../../shared/workflow/directory/nouns.ts';

const { name, technicalLeadId, projectManagerId, reviewRule, followUp } = Client.shape;
const view = Kept.extend({ name, technicalLeadId, projectManagerId, reviewRule, followUp });
const of = { noun: clients, path: '/v1/clients', view } as const;

export const routes = [...keeping(of), ...making(of)];
