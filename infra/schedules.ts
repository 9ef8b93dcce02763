import { CfnSchedule, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { milliseconds } from '../shared/domain/time.ts';
import { JOBS } from '../shared/schedules/index.ts';
import type { FirebreakFunction } from './function.ts';
import { schedulerRole } from './scheduler-role.ts';
import { allowDeadLetters } from './timers.ts';

const MINUTE = 60;

interface Recurring {
  description: string;
  everyMinutes: number;
  input: object;
}

/** What happens again and again: the sweep, every minute, and every job of the registry. */
export class Schedules extends Construct {
  private readonly group: ScheduleGroup;

  constructor(
    scope: Construct,
    id: string,
    functions: { sweep: FirebreakFunction; 'run-schedule': FirebreakFunction },
  ) {
    super(scope, id);
    this.group = new ScheduleGroup(this, 'Group');
    const sweep = this.invoking('Role', functions.sweep);
    sweep('Sweep', {
      description: 'Performs what the stream or a schedule lost.',
      everyMinutes: 1,
      input: {},
    });
    const runSchedule = this.invoking('JobsRole', functions['run-schedule']);
    for (const { about } of JOBS)
      runSchedule(about.name, {
        description: about.title,
        everyMinutes: milliseconds(about.every) / (MINUTE * 1000),
        input: { job: about.name },
      });
  }

  /** Schedules of one function share a role, which may invoke nothing else. */
  private invoking(roleId: string, fn: FirebreakFunction): (id: string, recurring: Recurring) => void {
    const role = schedulerRole(this, roleId, { group: this.group, invokes: fn.lambda.functionArn });
    allowDeadLetters(fn.abandoned, role);
    return (id, { description, everyMinutes, input }) => {
      new CfnSchedule(this, id, {
        description,
        groupName: this.group.scheduleGroupName,
        scheduleExpression: everyMinutes === 1 ? 'rate(1 minute)' : `rate(${everyMinutes} minutes)`,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: fn.lambda.functionArn,
          roleArn: role.roleArn,
          input: JSON.stringify(input),
          // Then the next one does its work.
          retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: everyMinutes * MINUTE },
          deadLetterConfig: { arn: fn.abandoned.queueArn },
        },
      });
    };
  }
}
