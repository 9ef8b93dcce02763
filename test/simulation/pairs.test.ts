import { expect, test } from 'vitest';
import { everySchedule } from './interleave.ts';
import { incidentWithStepDue, story, WORKFLOWS, workflow } from './workflows.ts';

const NAMES = Object.keys(WORKFLOWS);
const pairs = NAMES.flatMap((one, place) => NAMES.slice(place).map((other) => [one, other] as const));

test.each(pairs)('%s, and %s: every order of their steps keeps every promise', async (one, other) => {
  const table = await incidentWithStepDue(...([one, other].includes('settle') ? ['its monitor resolves it'] : []));
  const schedules = await everySchedule(story(table, [workflow(one), workflow(other)]));
  expect(schedules).toBeGreaterThan(1);
});
