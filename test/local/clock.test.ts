import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openClock } from '../../infra/local/clock.ts';

const NOON = '2026-03-02T12:00:00.000Z';
const ONE = '2026-03-02T13:00:00.000Z';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-clock-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

describe('the clock of one machine', () => {
  test('shows real time until it is pushed, then goes on from there', () => {
    vi.useFakeTimers({ now: new Date(NOON) });
    const clock = openClock(folder);
    expect(clock.now()).toBe(NOON);
    clock.moveTo(ONE);
    expect(clock.now()).toBe(ONE);
    vi.advanceTimersByTime(1500);
    expect(clock.now()).toBe('2026-03-02T13:00:01.500Z');
  });

  test('keeps how far it was pushed over a restart', () => {
    vi.useFakeTimers({ now: new Date(NOON) });
    openClock(folder).moveTo(ONE);
    vi.advanceTimersByTime(60_000);
    expect(openClock(folder).now()).toBe('2026-03-02T13:01:00.000Z');
  });

  test('never goes back', () => {
    vi.useFakeTimers({ now: new Date(ONE) });
    const clock = openClock(folder);
    clock.moveTo(NOON);
    expect(clock.now()).toBe(ONE);
  });

  test('stands where a story begins, until it is pushed', () => {
    const clock = openClock(folder, NOON);
    expect([clock.now(), clock.runs]).toEqual([NOON, false]);
    clock.moveTo(ONE);
    expect(clock.now()).toBe(ONE);
  });
});
