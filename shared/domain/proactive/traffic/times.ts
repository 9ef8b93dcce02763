import { Temporal } from 'temporal-polyfill';
import { invalid } from '../../parse.ts';
import type { Problem } from '../../refused.ts';
import { type Duration, epoch, type Instant, instant, milliseconds } from '../../time.ts';

/** Wall-clock times, as people plan them. */
export interface LocalTimes {
  timeZone: string;
  startsAt: string;
  endsAt: string;
}

export interface Times {
  start: Instant;
  end: Instant;
}

type Reading = { at: Instant } | { problem: string };

/** One wall-clock time in a zone; where clocks go back and it comes twice, the earlier or the later of the two. */
const read = (local: string, timeZone: string, twice: 'earlier' | 'later'): Reading => {
  const plain = onCalendar(local);
  if (!plain) return { problem: 'is not on the calendar' };
  const zoned = plain.toZonedDateTime(timeZone, { disambiguation: twice });
  if (zoned.toPlainDateTime().equals(plain)) return { at: instant(zoned.epochMilliseconds) };
  return {
    problem: `does not exist in ${timeZone}, where clocks go forward then: the next time that exists is ${afterGap(plain, timeZone)}`,
  };
};

const onCalendar = (local: string): Temporal.PlainDateTime | undefined => {
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' });
  } catch {
    return undefined;
  }
};

/** The first wall-clock time after the gap that this one is in. */
const afterGap = (plain: Temporal.PlainDateTime, timeZone: string): string => {
  const later = plain.toZonedDateTime(timeZone, { disambiguation: 'later' });
  const end = later.add({ nanoseconds: 1 }).getTimeZoneTransition('previous') ?? later;
  return end.toPlainDateTime().toString({ smallestUnit: 'minute' });
};

/**
 * The instants of an event. One that comes twice begins with the earlier and ends with the later, so that no minute
 * of it is missed. `before` is what it was: a start that stays may have passed.
 * @throws Refused `invalid` that names the field, and the time that would do.
 */
export const readTimes = (
  { timeZone, startsAt, endsAt }: LocalTimes,
  { now, before }: { now: Instant; before?: Times | undefined },
): Times => {
  const start = read(startsAt, timeZone, 'earlier');
  const end = read(endsAt, timeZone, 'later');
  const problems: Problem[] = [
    ...('problem' in start ? [{ path: 'body.startsAt', message: start.problem }] : []),
    ...('problem' in end ? [{ path: 'body.endsAt', message: end.problem }] : []),
  ];
  if ('problem' in start || 'problem' in end) throw invalid(problems);
  const times = { start: start.at, end: end.at };
  const wrong = problemsWith(times, { now, before });
  if (wrong.length > 0) throw invalid(wrong);
  return times;
};

const problemsWith = (
  { start, end }: Times,
  { now, before }: { now: Instant; before?: Times | undefined },
): Problem[] => {
  if (end <= start) return [{ path: 'body.endsAt', message: 'must be after startsAt' }];
  if (start <= now && start !== before?.start)
    return [{ path: 'body.startsAt', message: `has passed: it is ${inZoneAndUtc(now, 'UTC')} now` }];
  return end <= now && end !== before?.end ? [{ path: 'body.endsAt', message: 'has passed' }] : [];
};

/** The instant that a duration goes ahead of another. */
export const ahead = (at: Instant, duration: Duration): Instant =>
  instant(epoch(at) - milliseconds(duration));

const earliest = (one: Instant, other: Instant): Instant => (one < other ? one : other);

const DAY = milliseconds('P1D');
const HOUR = milliseconds('PT1H');

/**
 * When a provider that has not answered is asked again: after a day, or after a quarter of the time that is left
 * until `until` where that is shorter; never within the hour, and not after the start.
 */
export const askAgainAt = (
  { start, deadline }: { start: Instant; deadline: Instant },
  now: Instant,
): Instant | undefined => {
  const until = deadline > now ? deadline : start;
  const wait = Math.max(HOUR, Math.min(DAY, (epoch(until) - epoch(now)) / 4));
  const at = instant(epoch(now) + Math.round(wait));
  return at < start ? at : undefined;
};

/** Tomorrow at this time, or the start where that comes first; undefined once it has begun. */
export const nextReminder = (start: Instant, now: Instant): Instant | undefined =>
  start > now ? earliest(instant(epoch(now) + DAY), start) : undefined;

const parts = (at: Instant, timeZone: string): ((type: Intl.DateTimeFormatPartTypes) => string) => {
  const found = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).formatToParts(new Date(at));
  return (type) => found.find((part) => part.type === type)?.value ?? '';
};

/** `Fri 27 Nov 2026, 09:00`. */
const wallClock = (at: Instant, timeZone: string): string => {
  const part = parts(at, timeZone);
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')}`;
};

/** `Fri 27 Nov 2026, 09:00 Europe/Berlin (Fri 27 Nov 2026, 08:00 UTC)`: nobody has to reckon, whoever reads it. */
export const inZoneAndUtc = (at: Instant, timeZone: string): string =>
  timeZone === 'UTC'
    ? `${wallClock(at, 'UTC')} UTC`
    : `${wallClock(at, timeZone)} ${timeZone} (${wallClock(at, 'UTC')} UTC)`;
