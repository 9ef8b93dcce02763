import { describe, expect, test } from 'vitest';
import { FUNCTION_NAMES, FUNCTIONS, type FunctionNeeds } from '../../infra/functions.ts';
import { EVERYTHING, type Resource, templateOf } from './template.ts';

const { resources, ofType } = templateOf(EVERYTHING);
const lambdas = ofType('AWS::Lambda::Function');

/** What the role of a function may and may not do, besides taking the role itself. */
const statementsOf = (name: string) => {
  const role = lambdaOf(name).Properties.Role['Fn::GetAtt'][0];
  return ofType('AWS::IAM::Policy')
    .filter(([, policy]) => policy.Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement);
};

const lambdaOf = (name: string): Resource => {
  const found = lambdas.find(([, { Properties }]) => Properties.FunctionName === `firebreak-${name}`);
  if (!found) throw new Error(`No function is called ${name}.`);
  return found[1];
};

const allStatements = ofType('AWS::IAM::Policy').flatMap(
  ([, policy]) => policy.Properties.PolicyDocument.Statement,
);
const listed = (value: unknown): unknown[] => [value].flat();
const actionsOf = (name: string): unknown[] =>
  statementsOf(name)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => listed(Action));

test('there are exactly the functions of the table', () => {
  expect(lambdas.map(([, { Properties }]) => Properties.FunctionName).toSorted()).toEqual(
    FUNCTION_NAMES.map((name) => `firebreak-${name}`).toSorted(),
  );
});

describe.each(FUNCTION_NAMES)('%s', (name) => {
  const needs: FunctionNeeds = FUNCTIONS[name];
  const { Properties } = lambdaOf(name);

  test('says what breaks without it, in a sentence', () => {
    expect(needs.impact).toMatch(/^[A-Z].{20,}\.$/);
    expect(Properties.Description).toBe(needs.impact);
  });

  test('runs on the newest Node, on ARM, and logs JSON', () => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    });
    expect(Properties.LoggingConfig.LogFormat).toBe('JSON');
  });

  test('keeps its log for 90 days', () => {
    const log = resources[Properties.LoggingConfig.LogGroup.Ref];
    expect(log?.Properties.RetentionInDays).toBe(90);
  });

  test('has a role that no other function has', () => {
    const role = JSON.stringify(Properties.Role);
    expect(lambdas.filter(([, other]) => JSON.stringify(other.Properties.Role) === role)).toHaveLength(1);
  });

  test('touches the table only as far as it says', () => {
    const resourcesOf = (prefix: string) =>
      JSON.stringify(
        statementsOf(name).filter(({ Action }) =>
          listed(Action).some((action) => String(action).startsWith(prefix)),
        ),
      );
    expect(actionsOf(name).includes('dynamodb:PutItem')).toBe(needs.table.includes('items'));
    expect(resourcesOf('dynamodb:').includes('/index/gsi1')).toBe(needs.table.includes('lists'));
    expect(resourcesOf('dynamodb:').includes('/index/due')).toBe(needs.table.includes('due'));
  });

  test('sends, arms and reads secrets only if it says so', () => {
    const has = (action: string) => actionsOf(name).includes(action);
    expect(has('ses:SendEmail')).toBe(needs.sends ?? false);
    expect(has('sns:Publish')).toBe(needs.sends ?? false);
    expect(has('scheduler:CreateSchedule')).toBe(needs.arms ?? false);
    const readable = JSON.stringify(
      statementsOf(name).filter(({ Action }) => listed(Action).includes('secretsmanager:GetSecretValue')),
    );
    expect(readable.includes('LinkKeys')).toBe(needs.linkKeys ?? false);
    expect(readable.includes('AdminKey')).toBe(needs.adminKey ?? false);
    expect(readable.includes(':secret:firebreak/*')).toBe(needs.vault !== undefined);
    for (const action of ['CreateSecret', 'PutSecretValue', 'DeleteSecret'])
      expect(has(`secretsmanager:${action}`)).toBe(needs.vault === 'keep');
  });
});

describe.each(FUNCTION_NAMES.filter((name) => 'retries' in FUNCTIONS[name]))(
  '%s, which nobody waits for',
  (name) => {
    test('gives up after a bounded time, into its dead-letter queue', () => {
      const config = ofType('AWS::Lambda::EventInvokeConfig').find(([, { Properties }]) =>
        resources[Properties.FunctionName.Ref]?.Properties.FunctionName.endsWith(`-${name}`),
      )?.[1].Properties;
      const queue = config.DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0];
      expect(resources[queue]?.Type).toBe('AWS::SQS::Queue');
      expect(config.MaximumRetryAttempts).toBeLessThanOrEqual(2);
      expect(config.MaximumEventAgeInSeconds).toBeLessThanOrEqual(3600);
    });
  },
);

test('nobody scans, and no action is a wildcard', () => {
  const actions = allStatements.flatMap(({ Action }) => listed(Action));
  expect(actions).toContain('dynamodb:Query');
  expect(actions.filter((action) => /\*|:Scan$|PartiQL/.test(String(action)))).toEqual([]);
});

test('no role has a policy that AWS manages', () => {
  for (const [, role] of ofType('AWS::IAM::Role'))
    expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
});

test('whoever sends texts cannot publish to any topic', () => {
  for (const name of FUNCTION_NAMES.filter((each) => 'sends' in FUNCTIONS[each])) {
    const denied = statementsOf(name).filter(({ Effect }) => Effect === 'Deny');
    expect(denied).toMatchObject([{ Action: 'sns:Publish' }]);
    expect(JSON.stringify(denied[0].Resource)).toContain(':sns:*:*:*');
  }
});

test('e-mail goes out from the configured address alone', () => {
  const mail = allStatements.filter(({ Action }) => Action === 'ses:SendEmail');
  expect(mail.length).toBeGreaterThan(0);
  for (const { Condition, Resource } of mail) {
    expect(Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'pages@ops.example.com' } });
    expect(listed(Resource)).not.toContain('*');
  }
});

test('without an address to send from nobody may send e-mail', () => {
  const without = templateOf({});
  const actions = JSON.stringify(without.ofType('AWS::IAM::Policy').map(([, policy]) => policy.Properties));
  expect(actions).not.toContain('ses:SendEmail');
});
