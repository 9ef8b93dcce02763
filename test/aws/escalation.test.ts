import { expect, test } from 'vitest';
import { deadLetters, eventually, loseSchedule, waitingSchedules } from './cloud.ts';
import { openDesk } from './desk.ts';

/** A step waits a minute; then the schedule is looked at every 10 seconds, the sweep once a minute. */
const BY_SCHEDULE = 90;
const BY_SWEEP = 190;

const schedulesSince = async (before: { name: string }[]) => {
  const known = new Set(before.map(({ name }) => name));
  return (await waitingSchedules()).filter(({ name }) => !known.has(name));
};

test('nobody answers: a one-time schedule wakes the next step, and is gone', async () => {
  const desk = await openDesk('schedule');
  const before = await waitingSchedules();
  await desk.alert('trigger', 'checkout');
  await desk.page(desk.ada);
  const [armed] = await eventually(async () => {
    const found = await schedulesSince(before);
    return found.length > 0 ? found : undefined;
  });
  await desk.page(desk.bo, BY_SCHEDULE);
  expect((await waitingSchedules()).map(({ name }) => name)).not.toContain(armed?.name);
});

test('the schedule is lost: the sweep takes the next step', async () => {
  const desk = await openDesk('sweep');
  const before = await waitingSchedules();
  await desk.alert('trigger', 'search');
  await desk.page(desk.ada);
  const armed = await eventually(async () => {
    const found = await schedulesSince(before);
    return found.length > 0 ? found : undefined;
  });
  for (const schedule of armed) await loseSchedule(schedule);
  await desk.page(desk.bo, BY_SWEEP);
  expect(await deadLetters()).toEqual([]);
}, 240_000);
