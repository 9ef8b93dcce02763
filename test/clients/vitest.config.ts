import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Programs that others wrote, against Firebreak as a user starts it. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '..', '..'),
    include: ['test/clients/**/*.test.ts'],
    // Each file starts processes of its own, and there are two cores.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
