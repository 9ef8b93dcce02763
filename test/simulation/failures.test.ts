import { expect, test } from 'vitest';
import { fireTimer } from '../../shared/workflow/engine/fire-timer.ts';
import { everySchedule, type Story } from './interleave.ts';
import { beginningFor, history, WORKFLOWS, type Workflow, workflow } from './workflows.ts';
import { team, type World } from './world.ts';

const refusing = (world: World): void => {
  world.refuses = ['sms', 'email'];
};

const expectPassedOnce = ({ store }: World): void => {
  const told = store.all('history-entry').map(({ what }) => what);
  expect(told.filter((what) => what === 'nobody-reached')).toHaveLength(1);
  expect(store.all('incident')[0]?.escalation.step).toBe(1);
};

test('both pages of a step fail at the same moment: in every order the step is passed at once, and once', async () => {
  const table = await beginningFor();
  const begin = (): Story => {
    const worlds: World[] = [];
    const told = history(table, [workflow('send the text'), workflow('send the mail')], (world) => {
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
    const begin = history(table, [workflow(name), workflow('send the mail')], refusing);
    expect(await everySchedule(begin, { crashes: true })).toBeGreaterThan(6);
  },
);

test('a failure brings the next method forward just when its own time comes: in every order it is used once', async () => {
  const rules = [
    { urgency: 'high' as const, methodId: 'sms', delay: 'PT0S' },
    { urgency: 'high' as const, methodId: 'mail', delay: 'PT4M' },
  ];
  const ada = { ...team.people.ada, notificationRules: rules };
  const sendMail = workflow('send the mail');
  const failing: Workflow = async (ports, world) => {
    await workflow('send the text')(ports, world);
    await sendMail(ports, world);
  };
  const ruleIsDue: Workflow = async (ports, world) => {
    const timer = world.store.all('timer').find(({ command }) => command.type === 'contact');
    if (timer) await fireTimer(ports, timer.id);
    await sendMail(ports, world);
  };
  const begin = history(await beginningFor([], [ada]), [failing, ruleIsDue], (world) => {
    world.refuses = ['sms'];
  });
  expect(await everySchedule(begin, { crashes: true })).toBeGreaterThan(20);
});
