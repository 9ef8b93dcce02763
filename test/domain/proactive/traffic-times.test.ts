import { expect, test } from 'vitest';
import { askAgainAt, inZoneAndUtc, readTimes } from '../../../shared/domain/proactive/traffic/times.ts';
import { Refused } from '../../../shared/domain/refused.ts';

const NOW = '2026-01-05T09:00:00.000Z';

const problemsOf = (times: Parameters<typeof readTimes>[0], now = NOW) => {
  try {
    readTimes(times, { now });
  } catch (error) {
    if (error instanceof Refused) return error.problems.map(({ path, message }) => `${path} ${message}`);
    throw error;
  }
  return [];
};

test('wall-clock times become instants in their zone', () => {
  const times = { timeZone: 'Europe/Berlin', startsAt: '2026-03-28T20:00', endsAt: '2026-03-29T20:00' };
  expect(readTimes(times, { now: NOW })).toEqual({
    start: '2026-03-28T19:00:00.000Z',
    end: '2026-03-29T18:00:00.000Z',
  });
});

test('a time that clocks skip is refused, with the next one that exists', () => {
  const times = { timeZone: 'Europe/Berlin', startsAt: '2026-03-29T02:30', endsAt: '2026-03-29T05:00' };
  expect(problemsOf(times)).toEqual([
    'body.startsAt does not exist in Europe/Berlin, where clocks go forward then: the next time that exists is 2026-03-29T03:00',
  ]);
});

test('of a time that comes twice an event begins with the first and ends with the second', () => {
  const times = { timeZone: 'Europe/Berlin', startsAt: '2026-10-25T02:30', endsAt: '2026-10-25T02:30' };
  expect(readTimes(times, { now: NOW })).toEqual({
    start: '2026-10-25T00:30:00.000Z',
    end: '2026-10-25T01:30:00.000Z',
  });
});

test.each([
  [
    'it ends before it starts',
    '2026-02-01T10:00',
    '2026-02-01T09:00',
    ['body.endsAt must be after startsAt'],
  ],
  ['it lasts no time', '2026-02-01T10:00', '2026-02-01T10:00', ['body.endsAt must be after startsAt']],
  [
    'it has begun',
    '2026-01-05T09:00',
    '2026-01-06T09:00',
    ['body.startsAt has passed: it is Mon 5 Jan 2026, 09:00 UTC now'],
  ],
  [
    'neither day exists',
    '2026-02-30T10:00',
    '2026-02-31T10:00',
    ['body.startsAt is not on the calendar', 'body.endsAt is not on the calendar'],
  ],
])('refused, naming the field: %s', (_why, startsAt, endsAt, problems) => {
  expect(problemsOf({ timeZone: 'UTC', startsAt, endsAt })).toEqual(problems);
});

test('what has begun may be made longer, but not moved into the past', () => {
  const now = '2026-02-01T12:00:00.000Z';
  const before = { start: '2026-02-01T10:00:00.000Z', end: '2026-02-01T14:00:00.000Z' };
  const times = { timeZone: 'UTC', startsAt: '2026-02-01T10:00', endsAt: '2026-02-01T16:00' };
  expect(readTimes(times, { now, before }).end).toBe('2026-02-01T16:00:00.000Z');
  expect(() => readTimes({ ...times, startsAt: '2026-02-01T09:00' }, { now, before })).toThrow(Refused);
  expect(() => readTimes({ ...times, endsAt: '2026-02-01T11:00' }, { now, before })).toThrow(Refused);
});

const START = '2026-01-25T09:00:00.000Z';
test.each([
  ['every day while there is time', '2026-01-18T09:00:00.000Z', NOW, '2026-01-06T09:00:00.000Z'],
  ['a quarter of what is left to the deadline', '2026-01-07T09:00:00.000Z', NOW, '2026-01-05T21:00:00.000Z'],
  ['a day, to the start, once it has passed', '2026-01-04T09:00:00.000Z', NOW, '2026-01-06T09:00:00.000Z'],
  ['never within the hour', '2026-01-05T10:00:00.000Z', NOW, '2026-01-05T10:00:00.000Z'],
  ['not after the start', '2026-01-18T09:00:00.000Z', '2026-01-25T08:30:00.000Z', undefined],
])('asked again: %s', (_when, deadline, now, at) => {
  expect(askAgainAt({ start: START, deadline }, now)).toBe(at);
});

test('times are said in the zone of the event and in UTC', () => {
  expect(inZoneAndUtc('2026-07-01T22:30:00.000Z', 'Europe/Berlin')).toBe(
    'Thu 2 Jul 2026, 00:30 Europe/Berlin (Wed 1 Jul 2026, 22:30 UTC)',
  );
  expect(inZoneAndUtc('2026-07-01T22:30:00.000Z', 'UTC')).toBe('Wed 1 Jul 2026, 22:30 UTC');
});
