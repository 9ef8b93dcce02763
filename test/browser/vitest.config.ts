import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Pages as people see them, in Debian's Chromium. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '..', '..'),
    include: ['test/browser/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
