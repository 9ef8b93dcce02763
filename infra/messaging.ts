import { type ArnComponents, CfnOutput, Stack } from 'aws-cdk-lib';
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
import type { Grant } from '../shared/domain/channels/declaration.ts';
import { channels } from '../shared/domain/channels/registry.ts';
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

  /** Lets a function send by every channel there is. */
  grantSend(role: Role): void {
    const installation = {
      emailFrom: this.emailFrom,
      emailConfigurationSet: this.configurationSet.configurationSetName,
      arn: (of: ArnComponents) => Stack.of(this).formatArn(of),
    };
    for (const grant of channels.flatMap(({ grants }) => grants(installation))) allow(role, grant);
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
}

const allow = (role: Role, { deny, because, ...statement }: Grant): void => {
  role.addToPolicy(new PolicyStatement({ ...statement, effect: deny ? Effect.DENY : Effect.ALLOW }));
  if (because) acknowledgeWildcard(role, '*', because);
};
