import { expect, test } from 'vitest';
import { everySchedule, type Story } from './interleave.ts';
import { beginningFor, story, WORKFLOWS, workflow } from './workflows.ts';
import type { World } from './world.ts';

const refusing = (world: World): void => {
  world.channelFails = true;
};

const expectPassedOnce = ({ store }: World): void => {
  const told = store.all('timeline-entry').map(({ what }) => what);
  expect(told.filter((what) => what === 'nobody-reached')).toHaveLength(1);
  expect(store.all('incident')[0]?.escalation.step).toBe(1);
};

test('both pages of a step fail at the same moment: in every order the step is passed at once, and once', async () => {
  const table = await beginningFor();
  const begin = (): Story => {
    const worlds: World[] = [];
    const told = story(table, [workflow('send the text'), workflow('send the mail')], (world) => {
      worlds.push(world);
      refusing(world);
    })();
    const check: Story['check'] = async (how) => {
      worlds.forEach(expectPassedOnce);
      await told.check(how);
    };
    return { ...told, check };
  };
  expect(await everySchedule(begin)).toBeGreaterThan(4);
});

test.each(Object.keys(WORKFLOWS))(
  '%s while a page fails: in every order, and died at any moment, every promise is kept',
  async (name) => {
    const table = await beginningFor([name]);
    const begin = story(table, [workflow(name), workflow('send the mail')], refusing);
    expect(await everySchedule(begin, { crashes: true })).toBeGreaterThan(6);
  },
);
