import { epoch, type Instant } from './time.ts';

const MINUTE = 60_000;
const UNITS = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
] as const;

/** `6 days 2 hours`: how far two instants are apart, in the two largest units. */
export const apart = (one: Instant, other: Instant): string => {
  let minutes = Math.floor(Math.abs(epoch(one) - epoch(other)) / MINUTE);
  const parts = UNITS.flatMap(([unit, size]) => {
    const count = Math.floor(minutes / size);
    minutes %= size;
    return count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`];
  });
  return parts.slice(0, 2).join(' ') || 'less than a minute';
};
