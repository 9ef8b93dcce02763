import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MachineClock } from '../../infra/local/clock.ts';
import { openTimers } from '../../infra/local/timers.ts';
import { instant } from '../../shared/domain/time.ts';

const clockThat = (runs: boolean): MachineClock => ({
  runs,
  now: () => instant(Date.now()),
  pause: async () => {},
  moveTo: () => {},
});

const inSeconds = (seconds: number) => instant(Date.now() + seconds * 1000);

describe('a timer that is armed in the process', () => {
  const fired: string[] = [];
  const fire = async ({ timerId }: { timerId: string }) => void fired.push(timerId);
  beforeEach(() => {
    fired.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  test('wakes when it is due, and not before', async () => {
    openTimers(clockThat(true), fire).arm({ id: 'tmr_1', dueAt: inSeconds(5) });
    await vi.advanceTimersByTimeAsync(4999);
    expect(fired).toEqual([]);
    await vi.advanceTimersByTimeAsync(10);
    expect(fired).toEqual(['tmr_1']);
  });

  test('wakes at once when it was due before', async () => {
    openTimers(clockThat(true), fire).arm({ id: 'tmr_1', dueAt: inSeconds(-60) });
    await vi.advanceTimersByTimeAsync(10);
    expect(fired).toEqual(['tmr_1']);
  });

  test('wakes once, however often it is armed', async () => {
    const timers = openTimers(clockThat(true), fire);
    timers.arm({ id: 'tmr_1', dueAt: inSeconds(5) });
    timers.arm({ id: 'tmr_1', dueAt: inSeconds(5) });
    await vi.advanceTimersByTimeAsync(6000);
    expect(fired).toEqual(['tmr_1']);
  });

  test.for([
    ['is far ahead: a later sweep arms it', true, 3600],
    ['stands on a clock that does not run', false, 5],
  ] as const)('is not waited for when it %s', async ([_, runs, seconds]) => {
    openTimers(clockThat(runs), fire).arm({ id: 'tmr_1', dueAt: inSeconds(seconds) });
    await vi.advanceTimersByTimeAsync(7_200_000);
    expect(fired).toEqual([]);
  });

  test('does not wake after the machine has stopped', async () => {
    const timers = openTimers(clockThat(true), fire);
    timers.arm({ id: 'tmr_1', dueAt: inSeconds(5) });
    timers.stop();
    await vi.advanceTimersByTimeAsync(6000);
    expect(fired).toEqual([]);
  });

  test('that fails to fire disturbs nobody', async () => {
    const timers = openTimers(clockThat(true), () => Promise.reject(new Error('the store is down')));
    timers.arm({ id: 'tmr_1', dueAt: inSeconds(1) });
    await vi.advanceTimersByTimeAsync(2000);
    await expect(timers.settled()).resolves.toBeUndefined();
  });
});
