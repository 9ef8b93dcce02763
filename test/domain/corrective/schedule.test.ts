import { expect, test } from 'vitest';
import { ScheduleBody } from '../../../shared/domain/corrective/on-call/schedule.ts';

const body = {
  name: 'Weekly',
  timeZone: 'Europe/London',
  personIds: ['per_1'],
  startsAt: '2026-01-05T09:00',
};

test('a rotation as entered', () => expect(ScheduleBody.parse(body)).toEqual(body));

test.each([
  ['a day that does not exist', { startsAt: '2026-02-30T09:00' }, 'startsAt'],
  ['a 29th of February in an ordinary year', { startsAt: '2026-02-29T09:00' }, 'startsAt'],
  ['an hour that does not exist', { startsAt: '2026-01-05T24:00' }, 'startsAt'],
  ['a minute that does not exist', { startsAt: '2026-01-05T09:60' }, 'startsAt'],
  ['a zone in the date', { startsAt: '2026-01-05T09:00Z' }, 'startsAt'],
  ['a zone that is an offset', { timeZone: '+01:00' }, 'timeZone'],
  ['a zone that does not exist', { timeZone: 'Europe/Atlantis' }, 'timeZone'],
  ['nobody to take turns', { personIds: [] }, 'personIds'],
])('is refused with %s', (_, change, path) => {
  const parsed = ScheduleBody.safeParse({ ...body, ...change });
  const paths = parsed.error?.issues.map((issue) => issue.path.join('.'));
  expect([...new Set(paths)]).toEqual([path]);
});

test('a leap day exists in a leap year', () => {
  expect(ScheduleBody.safeParse({ ...body, startsAt: '2028-02-29T09:00' }).success).toBe(true);
});
