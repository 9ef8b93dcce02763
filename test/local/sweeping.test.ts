import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keepSweeping } from '../../infra/local/sweeping.ts';
import { type Instant, instant } from '../../shared/domain/time.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Due } from '../../shared/workflow/engine/store-port.ts';

const inSeconds = (seconds: number): Instant => instant(Date.now() + seconds * 1000);

const machine = (due: (until: Instant) => Promise<Due[]>) => {
  const seen = { sweeps: 0, armed: [] as string[], alarms: [] as string[] };
  const ports = {
    store: { forgetExpired: async () => {}, due: (_rank: string, { now }: { now: Instant }) => due(now) },
    clock: { now: () => instant(Date.now()) },
    telemetry: { alarm: (event: string) => void seen.alarms.push(event) },
  } as unknown as Ports;
  const stop = keepSweeping({
    ports,
    clockAdvance: { alone: (work) => work(), advance: async (time) => time, catchUp: async () => {} },
    timers: { arm: ({ id }) => void seen.armed.push(id), settled: async () => {}, stop: () => {} },
    sweep: async () => {
      seen.sweeps += 1;
    },
  });
  return { seen, stop };
};

describe('sweeping', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('happens every 10 seconds until it is stopped', async () => {
    const { seen, stop } = machine(async () => []);
    await vi.advanceTimersByTimeAsync(30_500);
    expect(seen.sweeps).toBe(4);
    await stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.sweeps).toBe(4);
  });

  test('arms again what an earlier process had armed, before it is due', async () => {
    const dueAt = inSeconds(35);
    const { seen, stop } = machine(async (until) =>
      dueAt <= until ? [{ ref: { kind: 'timer', id: 'tmr_1' }, dueAt }] : [],
    );
    await vi.advanceTimersByTimeAsync(10_500);
    expect(seen.armed).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen.armed).toEqual(['tmr_1']);
    await stop();
  });

  test('goes on when the store does not answer, and says so', async () => {
    const { seen, stop } = machine(() => Promise.reject(new Error('the store is down')));
    await vi.advanceTimersByTimeAsync(10_500);
    expect(seen).toMatchObject({ sweeps: 2, alarms: ['timers-not-armed', 'timers-not-armed'] });
    await stop();
  });
});
