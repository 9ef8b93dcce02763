import type { CreateScheduleCommandInput, SchedulerClient } from '@aws-sdk/client-scheduler';
import { digest } from '../domain/id.ts';
import { epoch, type Instant, instant, milliseconds } from '../domain/time.ts';
import type { Clock, Ports } from '../workflow/ports.ts';

/** A schedule in the past is refused, and one this close could be in the past when it arrives. */
const NEAR = milliseconds('PT5S');
const LONGEST_CALL = milliseconds('PT5S');
/** A process may wake a moment before its time in milliseconds, and a timer that is woken early does not run. */
const MARGIN = 5;
const SECOND = milliseconds('PT1S');
const NAME = /^[\w.-]{1,64}$/;

export interface SchedulerSettings {
  group: string;
  /** The role that schedules invoke with, and the function that they invoke. */
  roleArn: string;
  functionArn: string;
  /** Where a wake-up goes that could not be delivered, or empty. */
  deadLetterArn: string;
}

interface Near {
  clock: Clock;
  /** Runs a timer whose time has come. */
  runNow(timerId: string): Promise<void>;
}

type Timer = Parameters<Ports['armTimer']>[0];

let client: SchedulerClient | undefined;

/**
 * Arms timers as one-time schedules of EventBridge Scheduler, whose precision is 60 seconds. A timer that is due
 * within 5 seconds gets none: it is waited for and run here. Safe to repeat: a timer has one schedule, by its name.
 */
export const armOnScheduler =
  (settings: SchedulerSettings, near: Near): Ports['armTimer'] =>
  async (timer) => {
    const left = epoch(timer.dueAt) - epoch(near.clock.now());
    if (left > NEAR) return createSchedule(scheduleOf(timer, settings));
    if (left > 0) await near.clock.pause(left + MARGIN);
    await near.runNow(timer.id);
  };

const createSchedule = async (schedule: CreateScheduleCommandInput): Promise<void> => {
  const { SchedulerClient, CreateScheduleCommand, ConflictException } = await import(
    '@aws-sdk/client-scheduler'
  );
  client ??= new SchedulerClient({});
  try {
    await client.send(new CreateScheduleCommand(schedule), {
      abortSignal: AbortSignal.timeout(LONGEST_CALL),
    });
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
    // It is armed already: an earlier try got through.
  }
};

const scheduleOf = (timer: Timer, settings: SchedulerSettings): CreateScheduleCommandInput => ({
  Name: nameOf(timer.id),
  GroupName: settings.group,
  ScheduleExpression: `at(${wholeSecond(timer.dueAt)})`,
  ScheduleExpressionTimezone: 'UTC',
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  Target: {
    Arn: settings.functionArn,
    RoleArn: settings.roleArn,
    Input: JSON.stringify({ timerId: timer.id }),
    // Later than that the sweep has long run it.
    RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
    ...(settings.deadLetterArn ? { DeadLetterConfig: { Arn: settings.deadLetterArn } } : {}),
  },
});

const nameOf = (timerId: string): string => (NAME.test(timerId) ? timerId : `tmr_${digest(timerId)}`);

/** Schedules know no milliseconds: rounded up, for a timer that is woken early has to be woken again. */
const wholeSecond = (at: Instant): string => instant(Math.ceil(epoch(at) / SECOND) * SECOND).slice(0, 19);
