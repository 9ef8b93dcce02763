import { Person } from '../../shared/domain/directory/person.ts';
import { Kept, keeping, making } from '../../shared/edge/noun-routes.ts';
import { people } from '../../shared/workflow/directory/nouns.ts';

const { name, email, timeZone, contactMethods, notificationRules } = Person.shape;
const view = Kept.extend({ name, email, timeZone, contactMethods, notificationRules });
const of = { noun: people, path: '/v1/people', view } as const;

export const routes = [...keeping(of), ...making(of)];
