import { expect, test } from 'vitest';
import { FUNCTION_NAMES, FUNCTIONS, type FunctionNeeds } from '../../infra/functions.ts';
import { EVERYTHING, templateOf } from './template.ts';

const { resources, ofType } = templateOf(EVERYTHING);
const alarms = ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
const alarmOf = (name: string) => alarms.find(({ AlarmName }) => AlarmName === `firebreak-own-${name}`);

test.each(
  FUNCTION_NAMES.flatMap((name) => [
    [name, 'fails', 'Errors'] as const,
    [name, 'is-throttled', 'Throttles'] as const,
    [name, 'is-at-fault', 'Faults'] as const,
  ]),
)('%s rings when it %s, with what that means and what to do', (name, trouble, metric) => {
  const alarm = alarmOf(`${name}-${trouble}`);
  expect(alarm).toMatchObject({ MetricName: metric, Threshold: 1, Period: 60 });
  expect(alarm?.AlarmDescription).toContain(FUNCTIONS[name].impact);
  expect(alarm?.AlarmDescription).toContain('docs/operations.md#');
});

test('every dead-letter queue rings with its first message', () => {
  const queues = ofType('AWS::SQS::Queue').map(([id]) => id);
  const watched = alarms
    .filter(
      ({ MetricName, Threshold }) => MetricName === 'ApproximateNumberOfMessagesVisible' && Threshold === 1,
    )
    .map(({ Dimensions }) => Dimensions[0].Value['Fn::GetAtt'][0]);
  expect(watched.toSorted()).toEqual(queues.toSorted());
  for (const name of FUNCTION_NAMES) {
    const { abandoned }: FunctionNeeds = FUNCTIONS[name];
    if (abandoned) expect(alarmOf(`${name}-dead-letters`)?.AlarmDescription).toContain(abandoned);
  }
});

test.each([
  ['pages-are-late', 120, 'OldestUnsentPromiseSeconds'],
  ['timers-are-late', 180, 'LatestTimerSeconds'],
  ['stream-is-behind', 60_000, 'IteratorAge'],
  ['sms-spending', 25, 'SMSMonthToDateSpentUSD'],
  ['api-fails', 1, '5xx'],
  ['promises-fail', 1, 'BadItems'],
])('%s rings at %d of %s', (name, threshold, metric) => {
  const alarm = alarmOf(name);
  expect(alarm).toMatchObject({ Threshold: threshold, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
  expect(JSON.stringify(alarm)).toContain(`"MetricName":"${metric}"`);
});

test('a sweep that does not run rings, though nothing measures it', () => {
  expect(alarmOf('sweep-is-missing')).toMatchObject({
    MetricName: 'Invocations',
    Period: 300,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
});

test('every alarm goes to the topic of alarms, which reaches no function', () => {
  const topics = new Set(
    alarms.flatMap(({ AlarmActions }) => AlarmActions.map(({ Ref }: { Ref: string }) => Ref)),
  );
  expect(alarms.filter(({ AlarmActions }) => AlarmActions?.length !== 1)).toEqual([]);
  expect(topics.size).toBe(1);
  const [topic] = topics;
  const subscriptions = ofType('AWS::SNS::Subscription').filter(
    ([, { Properties }]) => Properties.TopicArn.Ref === topic,
  );
  expect(subscriptions.map(([, { Properties }]) => Properties.Protocol)).toEqual(['email']);
  expect(resources[String(topic)]?.Type).toBe('AWS::SNS::Topic');
});

test('Firebreak is not told of its own alarms', () => {
  const rule = ofType('AWS::Events::Rule').find(
    ([, { Properties }]) => Properties.EventPattern.source[0] === 'aws.cloudwatch',
  )?.[1];
  expect(rule?.Properties.EventPattern.detail.alarmName).toEqual([
    { 'anything-but': { prefix: 'firebreak-own-' } },
  ]);
  expect(alarms.filter(({ AlarmName }) => !AlarmName.startsWith('firebreak-own-'))).toEqual([]);
});

test('the dashboard shows how late promises are', () => {
  const body = JSON.stringify(ofType('AWS::CloudWatch::Dashboard')[0]?.[1].Properties.DashboardBody);
  for (const metric of ['OldestUnsentPromiseSeconds', 'LatestTimerSeconds', 'IteratorAge', 'PagesFailed'])
    expect(body).toContain(metric);
});
