/**
 * The stack that users deploy, from the configuration in the folder it is run in. The emulator's IAM is in force, but
 * for two actions it does not know which resource they are about: only those are allowed more widely. It speaks no TLS,
 * without which the bucket of files would take nothing. Whatever calls issue trackers is told before it begins that one
 * host of the public internet is on this machine; what it calls or not is for itself to say, as it is for users.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { readConfiguration } from '../../infra/configuration.ts';
import { Firebreak } from '../../infra/firebreak.ts';
import { FirebreakFunction } from '../../infra/function.ts';
import { FUNCTIONS, type FunctionNeeds } from '../../infra/functions.ts';

const elsewhere = pathToFileURL(join(import.meta.dirname, 'elsewhere.ts')).href;
const firebreak = new Firebreak(new App(), { configuration: readConfiguration(undefined) });

for (const [name, needs] of Object.entries<FunctionNeeds>(FUNCTIONS)) {
  const fn = firebreak.node.findChild(name);
  if (!(fn instanceof FirebreakFunction)) throw new Error(`${name} is no function.`);
  const actions = [
    ...(needs.sends ? ['ses:SendEmail'] : []),
    ...(needs.arms ? ['scheduler:CreateSchedule'] : []),
  ];
  if (needs.vault) fn.lambda.addEnvironment('NODE_OPTIONS', `--import ${elsewhere}`);
  if (actions.length > 0) fn.role.addToPolicy(new PolicyStatement({ actions, resources: ['*'] }));
}

firebreak.node.findChild('Files').node.tryRemoveChild('Policy');
