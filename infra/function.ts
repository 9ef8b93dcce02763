import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Environment } from '../shared/edge/configuration.ts';
import type { Alarms } from './alarms.ts';
import { deadLetterQueue } from './dead-letters.ts';
import type { FunctionName, FunctionNeeds } from './functions.ts';

const MEMORY = 512;

/** What all functions of an installation share. */
export interface Installation {
  name: string;
  environment: Environment;
  alarms: Alarms;
  logRetention: RetentionDays;
  removalPolicy: RemovalPolicy;
  /** The code of a function by its name. */
  code: (name: FunctionName) => lambda.Code;
}

interface Props {
  name: FunctionName;
  needs: FunctionNeeds;
  installation: Installation;
}

/** One function with its own role, log, alarm and, where nobody waits for its answer, dead-letter queue. */
export class FirebreakFunction extends Construct {
  readonly lambda: lambda.Function;
  readonly role: Role;
  readonly logGroup: LogGroup;
  readonly deadLetters: Queue | undefined;

  constructor(scope: Construct, { name, needs, installation }: Props) {
    super(scope, name);
    const { alarms, logRetention, removalPolicy } = installation;
    this.logGroup = new LogGroup(this, 'Log', { retention: logRetention, removalPolicy });
    this.deadLetters = needs.abandoned ? deadLetterQueue(this, 'DeadLetters') : undefined;
    this.role = roleFor(this, this.logGroup);
    this.lambda = new lambda.Function(this, 'Function', {
      functionName: functionName(installation.name, name),
      description: needs.impact,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: installation.code(name),
      memorySize: MEMORY,
      timeout: Duration.seconds(needs.timeout),
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      environment: installation.environment,
      ...asynchronous(needs, this.deadLetters),
    });
    alarms.watchFunction(this, name, needs);
  }

  /** The dead-letter queue of a function that nobody waits for. Throws for the others: they have none. */
  get abandoned(): Queue {
    if (!this.deadLetters) throw new Error(`${this.node.id} has no dead-letter queue.`);
    return this.deadLetters;
  }
}

/** May write its own log; all else is granted one by one. */
const roleFor = (scope: Construct, log: LogGroup): Role => {
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [log.logGroupArn],
    }),
  );
  return role;
};

/** Fixed, so that one function can name another in its environment without waiting for it. */
export const functionName = (installation: string, name: FunctionName): string => `${installation}-${name}`;

export const functionArn = (scope: Construct, installation: string, name: FunctionName): string =>
  Stack.of(scope).formatArn({
    service: 'lambda',
    resource: `function:${functionName(installation, name)}`,
  });

const asynchronous = (needs: FunctionNeeds, queue: Queue | undefined): Partial<lambda.FunctionProps> =>
  needs.retries && queue
    ? {
        onFailure: new SqsDestination(queue),
        retryAttempts: needs.retries.attempts,
        maxEventAge: Duration.minutes(needs.retries.minutes),
      }
    : {};
