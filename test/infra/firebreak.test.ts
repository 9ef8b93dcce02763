import { describe, expect, test } from 'vitest';
import { PATHS } from '../../infra/resources.ts';
import { milliseconds } from '../../shared/domain/time.ts';
import { JOBS } from '../../shared/schedules/index.ts';
import { TABLE } from '../../shared/store/table.ts';
import { EVERYTHING, templateOf } from './template.ts';

const { resources, ofType } = templateOf(EVERYTHING);
const only = (type: string) => {
  const [[id, resource] = [], ...others] = ofType(type);
  if (!id || !resource || others.length > 0) throw new Error(`There is not exactly one ${type}.`);
  return { id, ...resource };
};
const namedBy = (reference: { 'Fn::GetAtt': [string, string] }) => resources[reference['Fn::GetAtt'][0]];

describe('the table', () => {
  const table = only('AWS::DynamoDB::GlobalTable');

  test('can be brought back as it was at any second, and is not deleted by mistake', () => {
    expect(table.Properties.Replicas).toMatchObject([
      {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    ]);
    expect(table.DeletionPolicy).toBe('Retain');
  });

  test('goes with its stack in a trial', () => {
    const trial = templateOf({ keepData: false }).ofType('AWS::DynamoDB::GlobalTable')[0]?.[1];
    expect(trial?.DeletionPolicy).toBe('Delete');
    expect(trial?.Properties.Replicas[0].DeletionProtectionEnabled).toBe(false);
    expect(trial?.Properties.Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(
      true,
    );
  });

  test('has the shape that the store expects', () => {
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: TABLE.timeToLive, Enabled: true },
    });
    const indexes = table.Properties.GlobalSecondaryIndexes.map(
      (index: { IndexName: string }) => index.IndexName,
    );
    expect(indexes).toEqual(Object.keys(TABLE.indexes));
    expect(table.Properties.GlobalSecondaryIndexes[2].Projection).toEqual({ ProjectionType: 'KEYS_ONLY' });
  });
});

test('the stream passes new promises only, and a poison record blocks nothing', () => {
  const { Properties } = only('AWS::Lambda::EventSourceMapping');
  expect(Properties).toMatchObject({
    StartingPosition: 'TRIM_HORIZON',
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 5,
    MaximumRecordAgeInSeconds: 600,
    ParallelizationFactor: 10,
    MaximumBatchingWindowInSeconds: 0,
  });
  expect(JSON.parse(Properties.FilterCriteria.Filters[0].Pattern)).toEqual({
    eventName: ['INSERT'],
    dynamodb: { NewImage: { kind: { S: ['page', 'notice', 'effect', 'timer'] } } },
  });
  expect(namedBy(Properties.DestinationConfig.OnFailure.Destination)?.Type).toBe('AWS::SQS::Queue');
});

describe('schedules', () => {
  const schedules = ofType('AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);
  const roles = ofType('AWS::IAM::Role').filter(([, role]) =>
    JSON.stringify(role.Properties.AssumeRolePolicyDocument).includes('scheduler.amazonaws.com'),
  );

  test('invoke with roles that no other account or group can borrow', () => {
    expect(roles).toHaveLength(3);
    for (const [, role] of roles) {
      const { Condition } = role.Properties.AssumeRolePolicyDocument.Statement[0];
      expect(Condition.StringEquals['aws:SourceAccount']).toEqual({ Ref: 'AWS::AccountId' });
      expect(JSON.stringify(Condition.StringEquals['aws:SourceArn'])).toMatch(
        /schedule-group|ScheduleGroup|Group/,
      );
    }
  });

  test('invoke one function each', () => {
    for (const [id] of roles) {
      const policy = ofType('AWS::IAM::Policy').find(
        ([, { Properties }]) => Properties.Roles[0].Ref === id,
      )?.[1];
      const invoke = policy?.Properties.PolicyDocument.Statement.filter(
        ({ Action }: { Action: string }) => Action === 'lambda:InvokeFunction',
      );
      expect(invoke).toHaveLength(1);
      expect(Array.isArray(invoke[0].Resource)).toBe(false);
      expect(JSON.stringify(invoke[0].Resource)).not.toContain('*');
    }
  });

  test('may be created only in the group of timers, and only with their role', () => {
    const statements = ofType('AWS::IAM::Policy').flatMap(
      ([, policy]) => policy.Properties.PolicyDocument.Statement,
    );
    const pass = statements.filter(({ Action }) => Action === 'iam:PassRole');
    expect(pass).toHaveLength(1);
    expect(pass[0].Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } });
    const create = statements.filter(({ Action }) => Action === 'scheduler:CreateSchedule');
    expect(create).toHaveLength(1);
    expect(JSON.stringify(create[0].Resource)).toMatch(/:schedule\/[^*]*Timers[^*]*\/\*/);
  });

  test('sweep every minute, with somewhere to go when that fails', () => {
    const [sweep, ...others] = schedules.filter(({ Target }) => Target.Input === '{}');
    expect(others).toEqual([]);
    expect(sweep.ScheduleExpression).toBe('rate(1 minute)');
    expect(namedBy(sweep.Target.DeadLetterConfig.Arn)?.Type).toBe('AWS::SQS::Queue');
  });

  test.each(JOBS.map(({ about }) => [about.name, about.every]))('run the job %s every %s', (job, listAll) => {
    const [found, ...others] = schedules.filter(({ Target }) => Target.Input === JSON.stringify({ job }));
    expect(others).toEqual([]);
    const [, count, unit] = /^rate\((\d+) (minute)s?\)$/.exec(found.ScheduleExpression) ?? [];
    expect(milliseconds(`PT${count}M`)).toBe(unit && milliseconds(listAll));
    expect(namedBy(found.Target.DeadLetterConfig.Arn)?.Type).toBe('AWS::SQS::Queue');
  });
});

describe('the API', () => {
  test('logs routes, never paths: they carry keys and tokens', () => {
    const { AccessLogSettings } = only('AWS::ApiGatewayV2::Stage').Properties;
    expect(AccessLogSettings.Format).toContain('$context.routeKey');
    expect(AccessLogSettings.Format).not.toMatch(/\$context\.(path|identity|resourcePath)/);
    expect(namedBy(AccessLogSettings.DestinationArn)?.Properties.RetentionInDays).toBe(90);
  });

  test('has one permission per function', () => {
    const gateway = ofType('AWS::Lambda::Permission').filter(
      ([, { Properties }]) => Properties.Principal === 'apigateway.amazonaws.com',
    );
    expect(gateway).toHaveLength(Object.keys(PATHS).length);
  });
});

test('every queue and topic takes encrypted connections only', () => {
  const policies = [...ofType('AWS::SQS::QueuePolicy'), ...ofType('AWS::SNS::TopicPolicy')];
  expect(policies).toHaveLength(ofType('AWS::SQS::Queue').length + ofType('AWS::SNS::Topic').length);
  for (const [, policy] of policies)
    expect(JSON.stringify(policy.Properties.PolicyDocument)).toContain('"aws:SecureTransport":"false"');
});

test('replies by text come from this account’s End User Messaging alone', () => {
  const statements = ofType('AWS::SNS::TopicPolicy').flatMap(
    ([, policy]) => policy.Properties.PolicyDocument.Statement,
  );
  const texts = statements.filter(({ Principal }) => Principal.Service === 'sms-voice.amazonaws.com');
  expect(texts).toHaveLength(1);
  expect(texts[0].Condition.StringEquals).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
  expect(texts[0].Condition.ArnLike).toHaveProperty('aws:SourceArn');
});

test('without a two-way number nothing listens for texts', () => {
  expect(templateOf({}).ofType('AWS::SNS::Subscription')).toEqual([]);
});
