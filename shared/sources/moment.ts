import * as z from 'zod';
import { type Instant, instant } from '../domain/time.ts';

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?)?$/i;
const MINUTE = 60_000;

/** Milliseconds since 1970 of a date and time in UTC, or undefined when the calendar has none such. */
const utc = (iso: string): number | undefined => {
  const at = Date.parse(iso);
  // The 30th of February parses too: it only fails to come back as it was.
  return Number.isNaN(at) || instant(at) !== iso ? undefined : at;
};

/**
 * The instant that an ISO 8601 timestamp means, down to milliseconds; with an offset such as `+00:00`, `+0000`
 * or `Z`, and in UTC without one. Undefined when it is not one, or outside the years 0 to 9999.
 */
export const moment = (text: string): Instant | undefined => {
  const match = MOMENT.exec(text);
  if (!match) return undefined;
  const [, date, time = '00:00', seconds = '00', fraction = '', sign, hours = '0', minutes = '0'] = match;
  const local = utc(`${date}T${time}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  if (local === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE * (sign === '-' ? -1 : 1);
  const at = instant(local - offset);
  return /^\d/.test(at) ? at : undefined;
};

/** A timestamp on the wire; read as an instant. */
export const Moment = z.string().transform((text, context) => {
  const at = moment(text);
  if (at) return at;
  context.issues.push({
    code: 'custom',
    input: text,
    message: 'must be an ISO 8601 timestamp such as 2026-01-05T09:00:00Z',
  });
  return z.NEVER;
});
