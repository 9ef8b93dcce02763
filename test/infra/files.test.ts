import { describe, expect, test } from 'vitest';
import { FUNCTIONS } from '../../infra/functions.ts';
import { EVERYTHING, type Resource, templateOf } from './template.ts';

const { ofType } = templateOf(EVERYTHING);
const bucketIn = ({ ofType }: ReturnType<typeof templateOf>): Resource => {
  const [[, bucket] = [], ...others] = ofType('AWS::S3::Bucket');
  if (!bucket || others.length > 0) throw new Error('There is not exactly one bucket.');
  return bucket;
};

describe('the bucket of files', () => {
  const bucket = bucketIn(templateOf(EVERYTHING));

  test('is nobody’s but ours, encrypted, and keeps what is written over', () => {
    expect(bucket.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
        ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [
          {
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            NoncurrentVersionExpiration: { NoncurrentDays: 90 },
          },
        ],
      },
    });
  });

  test('takes encrypted connections only', () => {
    const [[, policy] = []] = ofType('AWS::S3::BucketPolicy');
    expect(policy?.Properties.PolicyDocument.Statement).toMatchObject([
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  test('stays when the stack goes, but for a trial', () => {
    expect(bucket.DeletionPolicy).toBe('Retain');
    expect(bucketIn(templateOf({ keepData: false })).DeletionPolicy).toBe('Delete');
  });
});

test('only who says so signs for files, and only for those of clients', () => {
  const statements = ofType('AWS::IAM::Policy').flatMap(([, { Properties }]) =>
    Properties.PolicyDocument.Statement.filter(({ Action }: { Action: unknown }) =>
      JSON.stringify(Action).includes('s3:'),
    ),
  );
  const users = Object.values(FUNCTIONS).filter((needs) => 'files' in needs);
  expect(users).toHaveLength(1);
  expect(statements.map(({ Action }) => Action)).toEqual([['s3:PutObject', 's3:GetObject'], 's3:ListBucket']);
  expect(JSON.stringify(statements[0].Resource)).toMatch(/"\/clients\/\*"/);
  expect(JSON.stringify(statements[1].Resource)).not.toContain('*');
});

test('every function hears of the bucket', () => {
  for (const [, { Properties }] of ofType('AWS::Lambda::Function'))
    expect(Properties.Environment.Variables.FILES_BUCKET).toEqual({ Ref: expect.stringMatching(/^Files/) });
});
