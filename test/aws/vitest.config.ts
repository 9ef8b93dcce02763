import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Journeys against the deployed stack. Schedules of the emulator tick every 10 seconds, so patience is needed. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '..', '..'),
    include: ['test/aws/**/*.test.ts'],
    globalSetup: ['test/aws/deployed.ts'],
    // One emulator serves them all; each makes clients of its own, and mostly waits for schedules.
    maxWorkers: 4,
    // A reminder that is due at a full minute may be two minutes away, and then waits for a tick.
    testTimeout: 240_000,
    hookTimeout: 300_000,
  },
});
