import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type Configuration, configure } from '../../infra/configuration.ts';
import { Firebreak } from '../../infra/firebreak.ts';

/** Every choice made, so that everything optional is in the template too. */
export const EVERYTHING = {
  emailFrom: 'pages@ops.example.com',
  fallbackContact: 'sms:+15550100',
  sms: { twoWayNumber: '+15550199' },
  domain: {
    name: 'firebreak.example.com',
    certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/demo',
  },
  alarmEmail: 'operations@example.com',
  alarmTopics: ['arn:aws:sns:eu-west-1:123456789012:monitoring'],
};

/** The stack in an app of its own; the functions' code is of no interest here. */
export const stackOf = (given: unknown): { app: App; stack: Firebreak; configuration: Configuration } => {
  const app = new App();
  const configuration = configure(given);
  const code = () => Code.fromInline('exports.handler = async () => {};');
  return { app, stack: new Firebreak(app, { configuration, code }), configuration };
};

/** A resource as the template has it; what is looked at is for the test to know. */
// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any shape
export type Resource = { Type: string; Properties: any; DeletionPolicy?: string };

export const templateOf = (given: unknown) => {
  const resources: Record<string, Resource> = Template.fromStack(stackOf(given).stack).toJSON().Resources;
  return {
    resources,
    ofType: (type: string): [string, Resource][] =>
      Object.entries(resources).filter(([, resource]) => resource.Type === type),
  };
};
