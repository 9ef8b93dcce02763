import { Person } from '../../shared/domain/directory/person.ts';
import { readRoutes, StoredView, writeRoutes } from '../../shared/edge/resource-routes.ts';
import { people } from '../../shared/workflow/directory/resources.ts';

const { name, email, timeZone, contactMethods, notificationRules } = Person.shape;
const view = StoredView.extend({ name, email, timeZone, contactMethods, notificationRules });
const of = { resource: people, path: '/v1/people', view } as const;

export const routes = [...readRoutes(of), ...writeRoutes(of)];
