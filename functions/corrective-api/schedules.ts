import { Schedule } from '../../shared/domain/corrective/on-call/schedule.ts';
import { readRoutes, StoredView, writeRoutes } from '../../shared/edge/resource-routes.ts';
import { schedules } from '../../shared/workflow/directory/resources.ts';

const { name, timeZone, personIds, startsAt } = Schedule.shape;
const view = StoredView.extend({ name, timeZone, personIds, startsAt });
const of = { resource: schedules, path: '/v1/schedules', view } as const;

export const routes = [...readRoutes(of), ...writeRoutes(of)];
