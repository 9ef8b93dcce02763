import { type App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Alarms } from './alarms.ts';
import { Api } from './api.ts';
import { AwsEvents } from './aws-events.ts';
import { bundle } from './bundle.ts';
import type { Configuration } from './configuration.ts';
import { dashboard } from './dashboard.ts';
import { environmentOf } from './environment.ts';
import { Files } from './files.ts';
import type { FunctionName } from './functions.ts';
import { makeFunctions } from './grants.ts';
import { Messaging } from './messaging.ts';
import { Outbox } from './outbox.ts';
import { watchPromises } from './promises.ts';
import { Schedules } from './schedules.ts';
import { Secrets } from './secrets.ts';
import { Table } from './table.ts';
import { Timers } from './timers.ts';

interface Props {
  configuration: Configuration;
  /** Where the code of a function comes from; tests of the template need none. */
  code?: (name: FunctionName) => Code;
}

/** One installation of Firebreak. */
export class Firebreak extends Stack {
  constructor(app: App, { configuration, code = bundle }: Props) {
    const { name, account, region } = configuration;
    super(app, name, { env: { ...(account && { account }), ...(region && { region }) } });
    const kept = {
      logRetention: configuration.logRetentionDays,
      removalPolicy: configuration.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };

    const alarms = new Alarms(this, 'Alarms', { name, email: configuration.alarmEmail });
    const table = new Table(this, 'Table', configuration);
    const secrets = new Secrets(this, 'Secrets', configuration);
    const timers = new Timers(this, 'Timers', name);
    const messaging = new Messaging(this, 'Messaging', configuration);
    const files = new Files(this, 'Files', configuration);
    const api = new Api(this, 'Api', { configuration, ...kept });

    const environment = environmentOf(configuration, { table, secrets, timers, messaging, files, api });
    const installation = { name, environment, alarms, code, ...kept };
    const functions = makeFunctions(this, installation, {
      table,
      secrets,
      timers,
      messaging,
      files,
      alarmTopics: configuration.alarmTopics,
    });

    api.route(functions);
    new Outbox(this, 'Outbox', { table, functions });
    new Schedules(this, 'Schedules', functions);
    new AwsEvents(this, 'AwsEvents', { name, messaging, functions });
    if (configuration.sms.twoWayNumber) messaging.receiveTexts(functions['answer-page']);
    watchPromises({ alarms, api, timers, functions }, configuration);
    dashboard(this, { name, alarms, api, functions });

    new CfnOutput(this, 'Url', { value: api.publicUrl });
    new CfnOutput(this, 'AdminKey', { value: secrets.adminKey.arn });
    new CfnOutput(this, 'AlarmTopic', { value: alarms.topic.topicArn });
  }
}
