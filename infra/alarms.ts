import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionName, FunctionNeeds } from './functions.ts';
import { MINUTE, measured, sumOf } from './metrics.ts';

/** Where people read what to do when an alarm rings. */
const WHAT_TO_DO = 'docs/operations.md#when-an-alarm-rings';

interface Watched {
  metric: cloudwatch.IMetric;
  /** What people notice meanwhile, as a sentence. */
  impact: string;
  /** Rings when the metric is at or above it for one period. */
  threshold: number;
  /** Rings below the threshold instead, and when nothing is heard at all. */
  whenSilent?: true;
}

/** Firebreak's own alarms. They go to this topic, and never through Firebreak itself: it may be what is broken. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly all: cloudwatch.Alarm[] = [];
  private readonly installation: string;

  constructor(scope: Construct, id: string, props: { name: string; email?: string | undefined }) {
    super(scope, id);
    this.installation = props.name;
    this.topic = new Topic(this, 'Topic', { displayName: 'Firebreak alarms', enforceSSL: true });
    this.letCloudWatchPublish();
    if (props.email) this.topic.addSubscription(new EmailSubscription(props.email));
  }

  /** `name` is what it is called after the installation's own name. */
  alarmOn(name: string, { metric, impact, threshold, whenSilent }: Watched): void {
    const alarm = new cloudwatch.Alarm(this, name, {
      alarmName: `${alarmPrefix(this.installation)}${name}`,
      alarmDescription: `${impact} What to do: ${WHAT_TO_DO} (${name}).`,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: whenSilent
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: whenSilent
        ? cloudwatch.TreatMissingData.BREACHING
        : cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    this.all.push(alarm);
  }

  /**
   * Rings when a function throws, is throttled or is at fault otherwise, and when something lands in its dead-letter
   * queue. One alarm each: emulators know no metric math, and an alarm costs by its metrics anyway.
   */
  watchFunction(
    fn: { lambda: IFunction; deadLetters?: Queue | undefined },
    name: FunctionName,
    needs: FunctionNeeds,
  ): void {
    const { impact } = needs;
    this.alarmOn(`${name}-fails`, { metric: fn.lambda.metricErrors(sumOf(MINUTE)), impact, threshold: 1 });
    this.alarmOn(`${name}-is-throttled`, {
      metric: fn.lambda.metricThrottles(sumOf(MINUTE)),
      impact,
      threshold: 1,
    });
    this.alarmOn(`${name}-is-at-fault`, {
      metric: measured('Faults', name, cloudwatch.Stats.SUM),
      impact,
      threshold: 1,
    });
    if (fn.deadLetters && needs.abandoned)
      this.alarmOn(`${name}-dead-letters`, {
        metric: depthOf(fn.deadLetters),
        impact: needs.abandoned,
        threshold: 1,
      });
  }

  /** A topic with a policy of its own has lost the default one, which let the account's alarms in. */
  private letCloudWatchPublish(): void {
    const { account } = Stack.of(this);
    const alarms = Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: `alarm:${alarmPrefix(this.installation)}*`,
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': alarms } },
      }),
    );
  }
}

/** How the names of our own alarms begin: `handle-aws-events` is not told of them. */
export const alarmPrefix = (installation: string): string => `${installation}-own-`;

export const depthOf = (queue: Queue): cloudwatch.IMetric =>
  queue.metricApproximateNumberOfMessagesVisible({ period: MINUTE, statistic: cloudwatch.Stats.MAXIMUM });
