import { expect, test } from 'vitest';
import { apart, inWords } from '../../shared/domain/spans.ts';

test.each([
  ['P7D', '7 days'],
  ['P1DT12H', '1 day 12 hours'],
  ['PT36H', '1 day 12 hours'],
  ['PT0S', 'no time'],
])('%s is %s', (duration, words) => {
  expect(inWords(duration)).toBe(words);
});

test.each([
  ['2026-01-05T09:00:59.999Z', 'less than a minute'],
  ['2026-01-05T09:01:00.000Z', '1 minute'],
  ['2026-01-05T11:05:30.000Z', '2 hours 5 minutes'],
  ['2026-01-11T11:05:00.000Z', '6 days 2 hours'],
  ['2026-01-04T09:00:00.000Z', '1 day'],
])('%s is %s from nine o’clock', (other, words) => {
  expect(apart('2026-01-05T09:00:00.000Z', other)).toBe(words);
});
