import { Temporal } from 'temporal-polyfill';
import { type Instant, instant } from '../../time.ts';
import type { Schedule } from './schedule.ts';

/** Who is on call, and until when. */
export interface Duty {
  personId: string;
  /** When the next one takes over. */
  until: Instant;
}

/**
 * Who is on call on a schedule at an instant. A handoff is at the same wall-clock time every week: one that a
 * daylight-saving change skips happens at the first instant after the gap, one that it repeats at the later of the
 * two, so that nobody hands over early and there is never a gap. Before the first handoff the first person is on call.
 */
export const onCall = (schedule: Schedule, at: Instant): Duty => {
  const start = Temporal.PlainDateTime.from(schedule.startsAt);
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(schedule.timeZone).toPlainDateTime();
  const guess = Math.floor(start.until(local, { largestUnit: 'days' }).total({ unit: 'days' }) / 7);
  const turn = turnAt(schedule, at, guess);
  const index = Math.max(turn, 0) % schedule.personIds.length;
  return {
    personId: schedule.personIds[index] ?? '',
    until: handoff(schedule, Math.max(turn, 0) + 1),
  };
};

/** The guess counts wall-clock days; near a handoff the zone can put it one off. */
const turnAt = (schedule: Schedule, at: Instant, guess: number): number =>
  [guess + 1, guess].find((turn) => handoff(schedule, turn) <= at) ?? guess - 1;

/** When the turn with this number begins. */
const handoff = (schedule: Schedule, turn: number): Instant => {
  const local = Temporal.PlainDateTime.from(schedule.startsAt).add({ weeks: turn });
  const zoned = local.toZonedDateTime(schedule.timeZone, { disambiguation: 'later' });
  const skipped = !zoned.toPlainDateTime().equals(local);
  const gapEnd = skipped ? zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous') : null;
  return instant((gapEnd ?? zoned).epochMilliseconds);
};
