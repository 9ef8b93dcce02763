import { expect, test } from 'vitest';
import { everySchedule, type Gate, type Step, type Story } from './interleave.ts';

const SEES: Step = { sees: ['counter'], changes: [] };
const CHANGES: Step = { sees: [], changes: ['counter'] };

/** Adds one by reading and writing, as a store without conditions would. */
const counting = (ends: string[]) => (): Story => {
  let counter = 0;
  const add = async (gate: Gate): Promise<void> => {
    await gate(SEES);
    const seen = counter;
    await gate(CHANGES);
    counter = seen + 1;
  };
  const check: Story['check'] = async ({ crashed }) =>
    void ends.push(`${crashed ? 'died at ' : ''}${counter}`);
  return { actors: [add, add], check };
};

test('finds the order in which an update is lost', async () => {
  const ends: string[] = [];
  const schedules = await everySchedule(counting(ends));
  expect(new Set(ends)).toEqual(new Set(['1', '2']));
  expect(ends).toHaveLength(schedules);
});

test('dies in every state that can be reached', async () => {
  const ends: string[] = [];
  await everySchedule(counting(ends), { crashes: true });
  expect(new Set(ends)).toEqual(new Set(['1', '2', 'died at 0', 'died at 1']));
});

test('runs steps that commute in one order only', async () => {
  const alone = (name: string) => (gate: Gate) => gate({ sees: [], changes: [name] });
  const begin = (): Story => ({ actors: ['a', 'b', 'c'].map(alone), check: async () => {} });
  expect(await everySchedule(begin)).toBe(1);
});

test('says so when a workflow waits for nothing', async () => {
  const begin = (): Story => ({ actors: [() => new Promise(() => {})], check: async () => {} });
  await expect(everySchedule(begin)).rejects.toThrow('Stuck');
});
