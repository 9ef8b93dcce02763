import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterQueue } from './dead-letters.ts';
import { functionArn } from './function.ts';
import { schedulerRole } from './scheduler-role.ts';
import { acknowledgeWildcard } from './wildcards.ts';

/** The one-time schedules that wake timers. They only make it prompt: the sweep is the guarantee behind them. */
export class Timers extends Construct {
  readonly group: ScheduleGroup;
  readonly role: Role;
  readonly functionArn: string;
  /** Wake-ups that Scheduler could not hand to the function. */
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string, installation: string) {
    super(scope, id);
    this.group = new ScheduleGroup(this, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
    this.functionArn = functionArn(this, installation, 'fire-timer');
    this.role = schedulerRole(this, 'Role', { group: this.group, invokes: this.functionArn });
    this.undelivered = deadLetterQueue(this, 'Undelivered');
    allowDeadLetters(this.undelivered, this.role);
  }

  /** Lets a function create schedules in this group, which wake nothing but `fire-timer`. */
  grantArm(role: Role): void {
    const schedules = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${this.group.scheduleGroupName}/*`,
    });
    role.addToPolicy(new PolicyStatement({ actions: ['scheduler:CreateSchedule'], resources: [schedules] }));
    acknowledgeWildcard(
      role,
      schedules,
      'Each timer makes a schedule with a name of its own; they all are in this one group.',
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [this.role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    );
  }
}

/** The queue's own policy and the role's both have to allow it, or Scheduler drops what it cannot deliver. */
export const allowDeadLetters = (queue: Queue, role: Role): void => {
  const sends = { actions: ['sqs:SendMessage'], resources: [queue.queueArn] };
  role.addToPolicy(new PolicyStatement(sends));
  queue.addToResourcePolicy(new PolicyStatement({ ...sends, principals: [new ArnPrincipal(role.roleArn)] }));
};
