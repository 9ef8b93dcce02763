import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  At,
  after,
  Duration,
  epoch,
  expiry,
  Instant,
  instant,
  milliseconds,
} from '../../shared/domain/time.ts';

test.each([
  ['PT0S', 0],
  ['PT90S', 90_000],
  ['PT5M', 300_000],
  ['PT1H30M', 5_400_000],
  ['P7D', 604_800_000],
  ['P1DT12H', 129_600_000],
])('%s is %i ms', (text, expected) => {
  expect(Duration.parse(text)).toBe(text);
  expect(milliseconds(text)).toBe(expected);
});

test.each([
  '',
  'P',
  'PT',
  'P1DT',
  '5M',
  'PT5',
  'P1M',
  'P1Y',
  'P1W',
  'PT1.5M',
  '-PT5M',
  'pt5m',
  ' PT5M',
  'PT5M\n',
])('%j is no duration', (text) => expect(Duration.safeParse(text).success).toBe(false));

test.each([
  '2026-01-05',
  '2026-01-05T09:00:00Z',
  '2026-01-05T09:00:00.000+01:00',
  '2026-02-30T09:00:00.000Z',
  'now',
])('%s is no instant: text order would not be time order', (text) =>
  expect(Instant.safeParse(text).success).toBe(false),
);

test('instants sort as text as they do in time, and a duration after is a duration later', () => {
  const times = fc.integer({ min: 0, max: epoch('2199-01-01T00:00:00.000Z') });
  fc.assert(
    fc.property(times, times, fc.nat(100_000), (one, other, seconds) => {
      expect(instant(one) < instant(other)).toBe(one < other);
      const later = after(instant(one), `PT${seconds}S`);
      expect(epoch(later) - one).toBe(seconds * 1000);
      expect(Instant.safeParse(later).success).toBe(true);
      expect(expiry(instant(one), `PT${seconds}S`) * 1000).toBeGreaterThanOrEqual(epoch(later));
    }),
  );
});

test.each([
  ['2026-01-05T10:00:00+01:00', '2026-01-05T09:00:00.000Z'],
  ['9000-12-31T23:59:59Z', '9000-12-31T23:59:59.000Z'],
  ['9999-12-31T23:59:59-12:00', undefined],
  ['0000-01-01T00:00:00+12:00', undefined],
  ['2026-01-05', undefined],
])('%s is read as %s: what cannot be kept as an instant is refused', (text, kept) => {
  expect(At.safeParse(text).data).toBe(kept);
});
