import { describe, expect, test } from 'vitest';
import { openClockAdvance } from '../../infra/local/advance-clock.ts';
import type { MachineClock } from '../../infra/local/clock.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';

const NOON = '2026-03-02T12:00:00.000Z';
const at = (minutes: string) => `2026-03-02T12:${minutes}.000Z`;

/** A machine with timers by due time; sweeping does what is due, unless it is one that stays. */
const machine = (
  dueTimes: Instant[],
  { stays = [] as Instant[], follows = {} as Record<Instant, Instant> } = {},
) => {
  let now = NOON;
  const due = [...dueTimes];
  const done: string[] = [];
  const clock: MachineClock = {
    runs: false,
    now: () => now,
    pause: async () => {},
    moveTo: (time) => {
      if (time > now) now = time;
    },
  };
  const sweep = async () => {
    for (const time of due.filter((each) => each <= now && !stays.includes(each))) {
      due.splice(due.indexOf(time), 1);
      done.push(`${time.slice(14, 19)} at ${now.slice(14, 19)}`);
      const next = follows[time];
      if (next) due.push(next);
    }
  };
  const store = {
    due: async (rank: string, { now: until }: { now: Instant }) =>
      due
        .filter((time) => rank === 'timer' && time <= until)
        .toSorted()
        .map((dueAt) => ({ ref: { kind: 'timer', id: dueAt }, dueAt })),
  } as unknown as Store;
  const clockAdvance = openClockAdvance({ store, clock, sweep, settled: async () => {} });
  return { clockAdvance, clock, done };
};

describe('time on one machine', () => {
  test('goes from due time to due time, and what comes due on the way is done in its turn', async () => {
    const { clockAdvance, done } = machine([at('10:00'), at('05:00')], {
      follows: { [at('05:00')]: at('07:00') },
    });
    expect(await clockAdvance.advance('PT15M')).toBe(at('15:00'));
    expect(done).toEqual(['05:00 at 05:00', '07:00 at 07:00', '10:00 at 10:00']);
  });

  test('does what is due already before it moves', async () => {
    const { clockAdvance, done } = machine([NOON]);
    await clockAdvance.advance('PT1S');
    expect(done).toEqual(['00:00 at 00:00']);
  });

  test('leaves what is due later for later', async () => {
    const { clockAdvance, clock, done } = machine([at('10:00')]);
    await clockAdvance.advance('PT9M');
    expect([clock.now(), done]).toEqual([at('09:00'), []]);
  });

  test('takes what stands within a second as one step', async () => {
    const times = Array.from({ length: 50 }, (_, place) => `2026-03-02T12:05:00.${100 + place}Z`);
    const { clockAdvance, done } = machine(times);
    await clockAdvance.advance('PT10M');
    expect(new Set(done)).toEqual(new Set(['05:00 at 05:00']));
    expect(done).toHaveLength(50);
  });

  test('is not held up by something that cannot be done', async () => {
    const { clockAdvance, clock, done } = machine([at('01:00'), at('02:00')], { stays: [at('01:00')] });
    await clockAdvance.advance('PT3M');
    expect([clock.now(), done]).toEqual([at('03:00'), ['02:00 at 02:00']]);
  });

  test('moves for one at a time', async () => {
    const { clockAdvance } = machine([]);
    const times = await Promise.all([
      clockAdvance.advance('PT1M'),
      clockAdvance.advance('PT1M'),
      clockAdvance.advance('PT1M'),
    ]);
    expect(times).toEqual([at('01:00'), at('02:00'), at('03:00')]);
  });

  test('goes on after something that failed', async () => {
    const { clockAdvance } = machine([]);
    await expect(clockAdvance.alone(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await clockAdvance.advance('PT1M')).toBe(at('01:00'));
  });
});
