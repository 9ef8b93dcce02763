import { expect, test } from 'vitest';
import { runOrdeal } from './ordeal.ts';

const PATIENCE = 60_000;

test('killed five times under load, Firebreak keeps every promise', { timeout: PATIENCE }, async () => {
  const seed = 1 + Math.floor(Math.random() * 1_000_000);
  const { checks, load } = await runOrdeal({ kills: 5, seed });
  const broken = checks.filter((check) => check.broken.length > 0);
  expect({ seed, broken }).toEqual({ seed, broken: [] });
  expect(load.stories.length).toBeGreaterThan(0);
});
