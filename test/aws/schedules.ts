import { GetScheduleCommand, ResourceNotFoundException, SchedulerClient } from '@aws-sdk/client-scheduler';
import { inject } from 'vitest';
import { waitingSchedules } from './cloud.ts';
import { asRoot } from './ministack.ts';

const scheduler = new SchedulerClient({ ...asRoot, endpoint: inject('endpoint') });

export interface Schedule {
  name: string;
  group: string;
}

/** The one-time schedules of timers that are to fire at an instant; schedules are made for the next whole second. */
export const schedulesAt = async (at: string): Promise<Schedule[]> => {
  const all = await waitingSchedules();
  const second = new Date(Math.ceil(Date.parse(at) / 1000) * 1000);
  const wanted = `at(${second.toISOString().slice(0, 19)})`;
  const found = await Promise.all(
    all.map(async (schedule) => ((await expressionOf(schedule)) === wanted ? [schedule] : [])),
  );
  return found.flat();
};

/** Undefined when it has fired, and is gone. */
const expressionOf = async ({ name, group }: Schedule): Promise<string | undefined> => {
  try {
    const { ScheduleExpression } = await scheduler.send(
      new GetScheduleCommand({ Name: name, GroupName: group }),
    );
    return ScheduleExpression;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};
