import { expect, test } from 'vitest';
import { everySchedule, type Story } from './interleave.ts';
import { incidentWithStepDue, story, workflow } from './workflows.ts';
import type { World } from './world.ts';

/** Every channel refuses, until the sweep comes. */
const refusing = (world: World): void => {
  world.channelFails = true;
};

const expectPassed = (world: World): void => {
  const told = world.store.all('timeline-entry').map(({ what }) => what);
  expect(told.filter((what) => what === 'nobody-reached')).toHaveLength(1);
  expect(world.store.all('incident')[0]?.escalation.step).toBe(1);
};

test('both pages of a step fail at the same moment: in every order the step is passed at once, and once', async () => {
  const table = await incidentWithStepDue();
  const begin = (): Story => {
    let world: World | undefined;
    const told = story(table, [workflow('send the text'), workflow('send the mail')], (given) => {
      world = given;
      refusing(given);
    })();
    return {
      ...told,
      check: async (how) => {
        if (world) expectPassed(world);
        await told.check(how);
      },
    };
  };
  expect(await everySchedule(begin)).toBeGreaterThan(20);
});

test.each([
  ['acknowledge', 'send the text'],
  ['the next step', 'send the text'],
  ['resolve by hand', 'send the mail'],
  ['ask for help', 'send the mail'],
])('%s while a page fails (%s): every order keeps every promise', async (...names) => {
  const table = await incidentWithStepDue();
  expect(await everySchedule(story(table, names.map(workflow), refusing))).toBeGreaterThan(10);
});
