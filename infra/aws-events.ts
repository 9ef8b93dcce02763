import { Duration } from 'aws-cdk-lib';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { alarmPrefix } from './alarms.ts';
import type { Functions } from './grants.ts';
import type { Messaging } from './messaging.ts';

interface Props {
  name: string;
  messaging: Messaging;
  functions: Functions;
}

/** What AWS tells by the default event bus. */
export class AwsEvents extends Construct {
  constructor(scope: Construct, id: string, { name, messaging, functions }: Props) {
    super(scope, id);
    const hearAws = functions['handle-aws-events'];
    const target = new LambdaFunction(hearAws.lambda, {
      deadLetterQueue: hearAws.abandoned,
      maxEventAge: Duration.hours(2),
      retryAttempts: 20,
    });
    new Rule(this, 'CloudWatchAlarms', {
      description: 'CloudWatch alarms, but for those of Firebreak itself: they never go through Firebreak.',
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change', 'CloudWatch Alarm Contributor State Change'],
        detail: { alarmName: Match.anythingButPrefix(alarmPrefix(name)) },
      },
      targets: [target],
    });
    new Rule(this, 'EmailOutcomes', {
      description: 'Delivery events of e-mails that SES accepted.',
      eventPattern: {
        source: ['aws.ses'],
        detail: {
          mail: { tags: { 'ses:configuration-set': [messaging.configurationSet.configurationSetName] } },
        },
      },
      targets: [target],
    });
  }
}
