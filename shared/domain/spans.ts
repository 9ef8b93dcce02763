import { type Duration, epoch, type Instant, milliseconds } from './time.ts';

const UNITS: [string, number][] = [
  ['day', milliseconds('P1D')],
  ['hour', milliseconds('PT1H')],
  ['minute', milliseconds('PT1M')],
  ['second', milliseconds('PT1S')],
];

/** `1 day`, `12 hours`: so many of each unit, from the largest; those that there are none of are left out. */
const counted = (span: number, units: [string, number][]): string[] => {
  let rest = span;
  return units.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`];
  });
};

/** `7 days`, `1 day 12 hours`. */
export const inWords = (duration: Duration): string =>
  counted(milliseconds(duration), UNITS).join(' ') || 'no time';

/** `6 days 2 hours`: how far two instants are apart, in the two largest units down to minutes. */
export const apart = (one: Instant, other: Instant): string =>
  counted(Math.abs(epoch(one) - epoch(other)), UNITS.slice(0, -1))
    .slice(0, 2)
    .join(' ') || 'less than a minute';
