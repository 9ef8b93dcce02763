import * as z from 'zod';

/** A moment: RFC 3339, UTC, milliseconds, so that text order is time order. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = string;

/** What is planned lies within these years: beyond the last one text order is no longer time order. */
const [FIRST_YEAR, LAST_YEAR] = [1970, 9000];

/** A moment as people and programs write it, with any offset; a day alone is not a moment. */
export const At = z.iso
  .datetime({ offset: true })
  .refine((at) => {
    const year = new Date(at).getUTCFullYear();
    return year >= FIRST_YEAR && year <= LAST_YEAR;
  }, `must be between the years ${FIRST_YEAR} and ${LAST_YEAR}`)
  .transform((at): Instant => new Date(at).toISOString());

const DURATION = /^P(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An elapsed time in ISO 8601, from days down to seconds: `PT5M`, `P1DT12H`. Never months, never calendar days. */
export const Duration = z
  .string()
  .regex(DURATION, 'must be an ISO 8601 duration of days, hours, minutes or seconds, such as PT5M')
  .refine((text) => text !== 'P', 'must be an ISO 8601 duration such as PT5M');
export type Duration = string;

/** A duration in milliseconds. */
export const milliseconds = (duration: Duration): number => {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = (DURATION.exec(duration) ?? []).map(Number);
  return (days || 0) * DAY + (hours || 0) * HOUR + (minutes || 0) * MINUTE + (seconds || 0) * SECOND;
};

/** The instant of a number of milliseconds since 1970. */
export const instant = (epochMilliseconds: number): Instant => new Date(epochMilliseconds).toISOString();

/** Milliseconds since 1970. */
export const epoch = (at: Instant): number => Date.parse(at);

/** The instant a duration after another. */
export const after = (at: Instant, duration: Duration): Instant =>
  instant(epoch(at) + milliseconds(duration));

/** Seconds since 1970, as a table's time to live wants it, a duration after an instant. */
export const expiry = (at: Instant, duration: Duration): number =>
  Math.ceil(epoch(after(at, duration)) / SECOND);

/** `03:12`, in UTC. */
export const clockTime = (at: Instant): string => at.slice(11, 16);

/** `2026-01-05 03:12 UTC`: how people read an instant. */
export const dateAndTime = (at: Instant): string => `${at.slice(0, 10)} ${clockTime(at)} UTC`;
