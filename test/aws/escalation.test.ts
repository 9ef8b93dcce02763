import { beforeAll, describe, expect, test } from 'vitest';
import { deadLetters, eventually, loseSchedule, waitingSchedules } from './cloud.ts';
import { type Desk, openDesk } from './desk.ts';
import { type Schedule, schedulesAt } from './schedules.ts';

/** A step waits a minute; then schedules are looked at every 10 seconds, and the sweep comes once a minute. */
const BY_SCHEDULE = 90;
const BY_SWEEP = 190;

/** A desk where nobody has answered the first page, and the schedule that is to wake the next step. */
const unanswered = async (name: string): Promise<{ desk: Desk; schedule: Schedule }> => {
  const desk = await openDesk(name);
  const id = await desk.alert('trigger', name);
  await desk.page(desk.ada);
  // Other files arm schedules meanwhile: this one is known by the second at which the step is due.
  const { escalation } = await desk.incident(id);
  const schedule = await eventually(async () => (await schedulesAt(escalation.nextAt))[0]);
  return { desk, schedule };
};

describe.concurrent('nobody answers', () => {
  let kept: Awaited<ReturnType<typeof unanswered>>;
  let lost: Awaited<ReturnType<typeof unanswered>>;

  beforeAll(async () => {
    kept = await unanswered('kept');
    lost = await unanswered('lost');
    await loseSchedule(lost.schedule);
  });

  test('a one-time schedule wakes the next step, and is gone', async () => {
    await kept.desk.page(kept.desk.bo, BY_SCHEDULE);
    await eventually(async () => {
      const names = (await waitingSchedules()).map(({ name }) => name);
      return names.includes(kept.schedule.name) ? undefined : names;
    });
  });

  test('the schedule was lost: the sweep takes the next step', { timeout: 240_000 }, async () => {
    await lost.desk.page(lost.desk.bo, BY_SWEEP);
    expect(await deadLetters()).toEqual([]);
  });
});
