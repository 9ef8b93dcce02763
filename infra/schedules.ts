import { CfnSchedule, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { FirebreakFunction } from './function.ts';
import { schedulerRole } from './scheduler-role.ts';
import { allowDeadLetters } from './timers.ts';

const MINUTE = 60;

/** What happens again and again: the sweep, every minute. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, { sweep }: { sweep: FirebreakFunction }) {
    super(scope, id);
    const group = new ScheduleGroup(this, 'Group');
    const role = schedulerRole(this, 'Role', { group, invokes: sweep.lambda.functionArn });
    allowDeadLetters(sweep.abandoned, role);
    new CfnSchedule(this, 'Sweep', {
      description: 'Performs what the stream or a schedule lost.',
      groupName: group.scheduleGroupName,
      scheduleExpression: 'rate(1 minute)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: sweep.lambda.functionArn,
        roleArn: role.roleArn,
        input: '{}',
        // After a minute the next sweep does its work.
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: MINUTE },
        deadLetterConfig: { arn: sweep.abandoned.queueArn },
      },
    });
  }
}
