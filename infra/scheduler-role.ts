import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';

/**
 * The role that schedules of one group invoke with: this one function, and nothing else. The conditions keep
 * schedules of other accounts and groups from borrowing it.
 */
export const schedulerRole = (
  scope: Construct,
  id: string,
  props: { group: ScheduleGroup; invokes: string },
): Role => {
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: {
          'aws:SourceAccount': Stack.of(scope).account,
          'aws:SourceArn': props.group.scheduleGroupArn,
        },
      },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [props.invokes] }));
  return role;
};
