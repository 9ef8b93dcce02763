import { CfnOutput, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Effect, PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { channels } from '../shared/channels/index.ts';
import type { Configuration } from './configuration.ts';
import type { FirebreakFunction } from './function.ts';
import { acknowledgeWildcard } from './wildcards.ts';

/** How pages leave, and how bounces and answers by text come back. */
export class Messaging extends Construct {
  readonly configurationSet: ConfigurationSet;
  private readonly emailFrom: string | undefined;

  constructor(scope: Construct, id: string, { name, emailFrom }: Pick<Configuration, 'name' | 'emailFrom'>) {
    super(scope, id);
    this.emailFrom = emailFrom;
    this.configurationSet = new ConfigurationSet(this, 'Emails', {
      configurationSetName: `${name}-pages`,
      tlsPolicy: ConfigurationSetTlsPolicy.OPTIONAL,
    });
    this.configurationSet.addEventDestination('Outcomes', {
      // SES publishes to the account's default bus only.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'Bus', 'default')),
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
  }

  /** Lets a function send by every channel there is. Throws for a channel whose needs are not known here. */
  grantSend(role: Role): void {
    for (const action of channels.flatMap(({ about }) => about.needs)) {
      if (action === 'ses:SendEmail') this.grantEmail(role);
      else if (action === 'sns:Publish') grantSms(role);
      else throw new Error(`A channel needs ${action}, which infra/messaging.ts does not know how to grant.`);
    }
  }

  /** Texts to the two-way number reach `answerPage` through a topic that End User Messaging publishes to. */
  receiveTexts(answerPage: FirebreakFunction): void {
    const topic = new Topic(this, 'Replies', { displayName: 'Firebreak SMS replies', enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnLike: { 'aws:SourceArn': Stack.of(this).formatArn({ service: 'sms-voice', resource: '*' }) },
        },
      }),
    );
    topic.addSubscription(
      new LambdaSubscription(answerPage.lambda, { deadLetterQueue: answerPage.abandoned }),
    );
    new CfnOutput(Stack.of(this), 'RepliesTopic', { value: topic.topicArn });
  }

  /** From the configured address alone, whether it or its domain is what SES has verified. */
  private grantEmail(role: Role): void {
    if (!this.emailFrom) return;
    const identity = (resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [
          ...identitiesOf(this.emailFrom).map(identity),
          Stack.of(this).formatArn({
            service: 'ses',
            resource: 'configuration-set',
            resourceName: this.configurationSet.configurationSetName,
          }),
        ],
        conditions: { StringEquals: { 'ses:FromAddress': this.emailFrom } },
      }),
    );
  }
}

/** The address, its domain, and the domains above: whichever SES has verified. */
const identitiesOf = (address: string): string[] => {
  const labels = address.slice(address.indexOf('@') + 1).split('.');
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  return [address, ...domains];
};

/** A phone number is no resource, so all must be allowed; that topics are denied leaves texts alone. */
const grantSms = (role: Role): void => {
  const publish = { actions: ['sns:Publish'] };
  role.addToPolicy(new PolicyStatement({ ...publish, resources: ['*'] }));
  role.addToPolicy(
    new PolicyStatement({
      ...publish,
      effect: Effect.DENY,
      resources: [Stack.of(role).formatArn({ service: 'sns', region: '*', account: '*', resource: '*' })],
    }),
  );
  acknowledgeWildcard(
    role,
    '*',
    'SMS goes to phone numbers, which have no ARN; publishing to any topic is denied beside it.',
  );
};
