import fc from 'fast-check';
import { expect, it } from 'vitest';
import { moment } from '../../shared/sources/moment.ts';

it.each([
  ['2015-07-17T08:42:58.315+0000', '2015-07-17T08:42:58.315Z'],
  ['2021-10-12T09:51:03.157076+02:00', '2021-10-12T07:51:03.157Z'],
  ['2021-01-07T08:38:00.03Z', '2021-01-07T08:38:00.030Z'],
  ['2021-01-07t08:38:00z', '2021-01-07T08:38:00.000Z'],
  ['2021-01-07 08:38:00', '2021-01-07T08:38:00.000Z'],
  ['2021-01-07T08:38-0330', '2021-01-07T12:08:00.000Z'],
  ['2021-01-07T00:00:00+01', '2021-01-06T23:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
])('reads %s', (text, at) => expect(moment(text)).toBe(at));

it.each([
  ...['', 'now', 'yesterday', '1617881246260', '2026-13-01T00:00:00Z', '2026-02-30T00:00:00Z'],
  ...[
    '2026-01-05T25:00:00Z',
    '2026-01-05T00:61:00Z',
    '2026-01-05T00:00:00+24:00',
    '2026-01-05T00:00:00+01:60',
  ],
  ...['0000-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00', '2026-01-05T00:00:00Z\n', '2026-01-05T'],
])('refuses %j', (text) => expect(moment(text)).toBeUndefined());

it('reads every instant that a clock writes, as it was', () => {
  const clock = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) });
  fc.assert(fc.property(clock, (date) => moment(date.toISOString()) === date.toISOString()));
});
