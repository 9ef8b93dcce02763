import { defineConfig } from 'vitest/config';
import { hasEngine } from './test/support/dynamodb/has-engine.ts';

const ON_ENGINE = [
  'test/store/dynamodb/**',
  'test/store/both.test.ts',
  'test/simulation/engine-faults.test.ts',
];

if (!hasEngine())
  console.warn('Skipped: the tests of the store on DynamoDB, whose engine comes for Linux x64 only.');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/aws/**', 'test/clients/**', 'test/browser/**', ...(hasEngine() ? [] : ON_ENGINE)],
    sequence: { shuffle: true },
    // Most of them wait for the engine or a socket most of the time.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
