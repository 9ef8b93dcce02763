import { expect, test } from 'vitest';
import { everySchedule } from './interleave.ts';
import { incidentWithStepDue, story, WORKFLOWS, workflow } from './workflows.ts';

const NAMES = Object.keys(WORKFLOWS);
const before = (...names: string[]): string[] => (names.includes('settle') ? ['its monitor resolves it'] : []);

test.each(NAMES)('%s: the process dies between any two steps, and the sweep makes it good', async (name) => {
  const table = await incidentWithStepDue(...before(name));
  const runs = await everySchedule(story(table, [workflow(name)]), { crashes: true });
  expect(runs).toBeGreaterThan(2);
});

const PAIRS = [
  ['acknowledge', 'send the text'],
  ['acknowledge', 'the next step'],
  ['the next step', 'send the text'],
  ['resolve by hand', 'another alert joins'],
  ['settle', 'another alert joins'],
  ['send the text', 'send the text'],
];

test.each(PAIRS)('%s, and %s: the process dies at any moment of any order', async (...names) => {
  const table = await incidentWithStepDue(...before(...names));
  const runs = await everySchedule(story(table, names.map(workflow)), { crashes: true });
  expect(runs).toBeGreaterThan(20);
});

test.each(['send the text', 'send the mail'])('%s, and no channel works: died in between, still nothing is lost', async (name) => {
  const table = await incidentWithStepDue();
  const down = (world: { channelFails: boolean }): void => {
    world.channelFails = true;
  };
  expect(await everySchedule(story(table, [workflow(name)], down), { crashes: true })).toBeGreaterThan(2);
});
