import { Schedule } from '../../shared/domain/corrective/schedule.ts';
import { Kept, keeping, making } from '../../shared/edge/noun-routes.ts';
import { schedules } from '../../shared/workflow/directory/nouns.ts';

const { name, timeZone, personIds, startsAt } = Schedule.shape;
const view = Kept.extend({ name, timeZone, personIds, startsAt });
const of = { noun: schedules, path: '/v1/schedules', view } as const;

export const routes = [...keeping(of), ...making(of)];
