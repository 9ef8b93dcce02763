import * as z from 'zod';
import { aggregate, Name } from '../../aggregate.ts';
import { type Resource, reference } from '../../resource.ts';
import { instant } from '../../time.ts';
import { TimeZone } from '../../time-zone.ts';

/** No 30th of February: it would only be found out when somebody is to be paged. */
const isOnCalendar = (local: string): boolean => {
  const read = Date.parse(`${local}:00.000Z`);
  return !Number.isNaN(read) && instant(read) === `${local}:00.000Z`;
};

const fields = {
  name: Name,
  timeZone: TimeZone,
  /** Who takes turns, a week each, in this order. */
  personIds: z.array(z.string()).min(1).max(30),
  /** The local date and time of the first handoff; every later one is at the same wall-clock time, weeks on. */
  startsAt: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'must be a local date and time such as 2026-01-05T09:00')
    .refine(isOnCalendar, 'must be a date and time that exist'),
};

/** A weekly rotation in one time zone. */
export const Schedule = z.looseObject({ ...aggregate('schedule'), ...fields });
export type Schedule = z.infer<typeof Schedule>;

export const ScheduleBody = z.strictObject(fields);
export type ScheduleBody = z.infer<typeof ScheduleBody>;

export const schedules: Resource<Schedule> = {
  kind: 'schedule',
  prefix: 'sch',
  path: 'schedules',
  called: 'schedule',
  api: 'corrective',
  owner: 'installation',
  record: Schedule,
  body: ScheduleBody,
  shown: Object.keys(fields),
  references: ({ personIds }) =>
    personIds.map((id, place) => reference('person', id, `body.personIds[${place}]`)),
  example: {
    name: 'Primary',
    timeZone: 'Europe/London',
    personIds: ['per_1'],
    startsAt: '2026-01-05T09:00',
  },
};
