import { beforeEach, describe, expect, it } from 'vitest';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { admits } from '../../shared/workflow/engine/throttle.ts';
import { intakePorts } from '../support/intake-desk.ts';

let shared: Map<string, number>;
let draws: { counter: string; by: number; expiresAt: number }[];
let now: string;

/** One process: its own memory, and the counters that all share. */
const process = (eventsPerMinute: number, nextNumber?: Store['nextNumber']): Ports => {
  const counting: Store['nextNumber'] = async (counter, { by = 1, expiresAt = 0 } = {}) => {
    draws.push({ counter, by, expiresAt });
    shared.set(counter, (shared.get(counter) ?? 0) + by);
    return shared.get(counter) ?? 0;
  };
  const [ports] = intakePorts({ nextNumber: nextNumber ?? counting } as Store, { eventsPerMinute });
  return { ...ports, clock: { ...ports.clock, now: () => now } };
};

const admitted = async (ports: Ports, times: number, events = 1): Promise<number> => {
  let count = 0;
  for (let sent = 0; sent < times; sent += 1) if (await admits(ports, 'int_1', events)) count += events;
  return count;
};

beforeEach(() => {
  shared = new Map();
  draws = [];
  now = '2026-01-05T09:00:30.000Z';
});

describe('a small limit', () => {
  it.each([1, 3, 60])('of %i is kept to the event', async (limit) => {
    expect(await admitted(process(limit), limit + 5)).toBe(limit);
  });

  it('holds over all processes', async () => {
    const [one, other] = [process(4), process(4)];
    expect((await admitted(one, 2)) + (await admitted(other, 5)) + (await admitted(one, 5))).toBe(4);
  });

  it('begins anew with every minute', async () => {
    const ports = process(2);
    await admitted(ports, 5);
    now = '2026-01-05T09:01:00.000Z';
    expect(await admitted(ports, 5)).toBe(2);
  });

  it('counts every integration for itself', async () => {
    const ports = process(1);
    await admits(ports, 'int_1', 1);
    expect(await admits(ports, 'int_2', 1)).toBe(true);
  });
});

describe('a large limit', () => {
  it('costs a request at every sixtieth of it, and none once it is reached', async () => {
    const ports = process(6000);
    expect(await admitted(ports, 99)).toBe(99);
    expect(draws).toEqual([]);
    expect(await admitted(ports, 8000)).toBe(6000 - 99);
    expect(draws).toHaveLength(60);
    expect(draws[0]).toMatchObject({ by: 100, expiresAt: Date.parse('2026-01-05T10:00:30.000Z') / 1000 });
  });

  it('is overshot by at most a sixtieth for every process', async () => {
    const processes = Array.from({ length: 5 }, () => process(600));
    let taken = 0;
    for (let round = 0; round < 1000; round += 1)
      for (const ports of processes) taken += await admitted(ports, 1);
    expect(taken).toBeGreaterThanOrEqual(600);
    expect(taken).toBeLessThanOrEqual(600 + 5 * 10);
  });
});

it('takes a payload whole that is larger than the limit, and then no other', async () => {
  expect(await admitted(process(10), 3, 1000)).toBe(1000);
});

it('lets events in that it cannot count', async () => {
  const broken = process(1, async () => {
    throw new Error('the table is down');
  });
  expect(await admitted(broken, 3)).toBe(3);
});
