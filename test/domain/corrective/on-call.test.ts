import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { onCall } from '../../../shared/domain/corrective/on-call/on-call.ts';
import type { Schedule } from '../../../shared/domain/corrective/on-call/schedule.ts';
import { epoch, instant } from '../../../shared/domain/time.ts';

const DAY = 86_400_000;
const ZONES: [zone: string, from: string][] = [
  ['Europe/London', '2026-01-01'],
  ['America/New_York', '2026-01-01'],
  ['Australia/Lord_Howe', '2026-01-01'],
  ['Pacific/Apia', '2011-01-01'],
  ['America/Sao_Paulo', '2017-06-01'],
];
const PEOPLE = ['ada', 'bo', 'cy'];

const rota = (timeZone: string, startsAt: string): Schedule => ({
  ...{
    kind: 'schedule',
    id: 'sch_1',
    version: 1,
    createdAt: instant(0),
    updatedAt: instant(0),
    name: 'Weekly',
  },
  ...{ timeZone, startsAt, personIds: PEOPLE },
});

/** Any minute of a year. */
const beginning = (from: string) =>
  fc
    .integer({ min: 0, max: 366 * 24 * 60 })
    .map((minutes) => instant(epoch(`${from}T00:00:00.000Z`) + minutes * 60_000).slice(0, 16));

const firstHandoff = ({ startsAt, timeZone }: Schedule): number =>
  Temporal.PlainDateTime.from(startsAt).toZonedDateTime(timeZone, { disambiguation: 'later' })
    .epochMilliseconds;

describe.each(ZONES)('%s', (zone, from) => {
  test('over 400 days somebody is always on call, one after the other, each until the next takes over', () => {
    const holds = (startsAt: string): void => {
      const schedule = rota(zone, startsAt);
      let at = firstHandoff(schedule) + DAY;
      const end = at + 400 * DAY;
      for (let turn = 0; at < end; turn += 1) {
        const { personId, until } = onCall(schedule, instant(at));
        expect(personId).toBe(PEOPLE[turn % 3]);
        expect(epoch(until)).toBeGreaterThan(at);
        expect(onCall(schedule, instant(epoch(until) - 1))).toEqual({ personId, until });
        at = epoch(until);
      }
    };
    fc.assert(fc.property(beginning(from), holds), { numRuns: 8 });
  });

  test('time never goes back: who looks later is told the same duty or a later one', () => {
    const holds = (startsAt: string, offset: number, step: number): void => {
      const schedule = rota(zone, startsAt);
      const at = epoch(`${from}T00:00:00.000Z`) + offset;
      const [one, other] = [onCall(schedule, instant(at)), onCall(schedule, instant(at + step))];
      expect(other.until >= one.until).toBe(true);
      expect(one.until > instant(at)).toBe(true);
      if (other.until === one.until) expect(other.personId).toBe(one.personId);
    };
    const offsets = [fc.nat(400 * DAY), fc.nat(9 * DAY)] as const;
    fc.assert(fc.property(beginning(from), ...offsets, holds), { numRuns: 100 });
  });

  test('every handoff is at the wall-clock time that was agreed, or at the end of the hour that was skipped', () => {
    const holds = (startsAt: string, weeks: number): void => {
      const schedule = rota(zone, startsAt);
      const { until } = onCall(schedule, instant(firstHandoff(schedule) + DAY + weeks * 7 * DAY));
      const local = Temporal.Instant.from(until).toZonedDateTimeISO(zone);
      if (local.toPlainTime().toString().slice(0, 5) === startsAt.slice(11)) return;
      expect(local.subtract({ nanoseconds: 1 }).offset).not.toBe(local.offset);
    };
    fc.assert(fc.property(beginning(from), fc.nat(56), holds), { numRuns: 100 });
  });
});

const utc = (text: string): string => `${text}:00.000Z`;

test.each([
  [
    'before the first handoff the first one is on call',
    'UTC',
    '2026-01-05T09:00',
    '2025-12-01T00:00',
    'ada',
    '2026-01-12T09:00',
  ],
  [
    'at the handoff itself the next one is',
    'UTC',
    '2026-01-05T09:00',
    '2026-01-12T09:00',
    'bo',
    '2026-01-19T09:00',
  ],
  [
    'an hour that is skipped: at the first moment after it',
    'Europe/London',
    '2026-03-22T01:30',
    '2026-03-29T00:59',
    'ada',
    '2026-03-29T01:00',
  ],
  [
    'the moment at which the gap begins',
    'Europe/London',
    '2026-03-22T01:00',
    '2026-03-29T00:59',
    'ada',
    '2026-03-29T01:00',
  ],
  [
    'an hour that is repeated: at the later of the two',
    'Europe/London',
    '2026-10-18T01:30',
    '2026-10-25T00:45',
    'ada',
    '2026-10-25T01:30',
  ],
  [
    'half an hour that is skipped',
    'Australia/Lord_Howe',
    '2026-09-27T02:15',
    '2026-10-03T15:00',
    'ada',
    '2026-10-03T15:30',
  ],
  [
    'a midnight that is skipped',
    'America/Sao_Paulo',
    '2017-10-08T00:00',
    '2017-10-15T02:59',
    'ada',
    '2017-10-15T03:00',
  ],
  [
    'a day that is skipped: at its end',
    'Pacific/Apia',
    '2011-12-23T09:00',
    '2011-12-30T09:59',
    'ada',
    '2011-12-30T10:00',
  ],
])('%s', (_, zone, startsAt, at, personId, until) => {
  expect(onCall(rota(zone, startsAt), utc(at))).toEqual({ personId, until: utc(until) });
});
