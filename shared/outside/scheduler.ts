import type { CreateScheduleCommandInput, SchedulerClient } from '@aws-sdk/client-scheduler';
import { digest } from '../domain/id.ts';
import { epoch, type Instant, instant, milliseconds } from '../domain/time.ts';
import type { Clock, Ports } from '../workflow/engine/ports.ts';

/** A schedule in the past is refused, and one this close could be in the past when it arrives. */
const NEAR = milliseconds('PT5S');
/** Whoever arms may have pages waiting behind; the sweep fires what was not armed. */
const LONGEST_CALL = milliseconds('PT2S');
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
  clock: Pick<Clock, 'now'>;
  /** Runs a timer whose time has come. */
  runNow(timerId: string): Promise<void>;
}

let client: SchedulerClient | undefined;

/**
 * Arms timers as one-time schedules of EventBridge Scheduler, whose precision is 60 seconds. A timer whose time has come
 * is run here; one that is due within 5 seconds is woken when they are over, for nothing is waited for here: whoever
 * arms is in the way of the pages behind. Safe to repeat: a timer has one schedule, by its name.
 */
export const armOnScheduler =
  (settings: SchedulerSettings, near: Near): Ports['armTimer'] =>
  async (timer) => {
    const now = epoch(near.clock.now());
    if (epoch(timer.dueAt) <= now) return near.runNow(timer.id);
    const wakeAt = instant(Math.max(epoch(timer.dueAt), now + NEAR));
    await createSchedule(scheduleOf(timer.id, wakeAt, settings));
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

const scheduleOf = (
  timerId: string,
  wakeAt: Instant,
  settings: SchedulerSettings,
): CreateScheduleCommandInput => ({
  Name: nameOf(timerId),
  GroupName: settings.group,
  ScheduleExpression: `at(${wholeSecond(wakeAt)})`,
  ScheduleExpressionTimezone: 'UTC',
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  Target: {
    Arn: settings.functionArn,
    RoleArn: settings.roleArn,
    Input: JSON.stringify({ timerId }),
    // Later than that the sweep has long run it.
    RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
    ...(settings.deadLetterArn ? { DeadLetterConfig: { Arn: settings.deadLetterArn } } : {}),
  },
});

const nameOf = (timerId: string): string => (NAME.test(timerId) ? timerId : `tmr_${digest(timerId)}`);

/** Schedules know no milliseconds: rounded up, for a timer that is woken early has to be woken again. */
const wholeSecond = (at: Instant): string => instant(Math.ceil(epoch(at) / SECOND) * SECOND).slice(0, 19);
