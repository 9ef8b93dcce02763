import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Files } from './files.ts';
import { FirebreakFunction, type Installation } from './function.ts';
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName, type FunctionNeeds } from './functions.ts';
import type { Messaging } from './messaging.ts';
import type { Secrets } from './secrets.ts';
import type { Table } from './table.ts';
import type { Timers } from './timers.ts';
import { grantVault } from './vault.ts';

interface Granted {
  table: Table;
  secrets: Secrets;
  timers: Timers;
  messaging: Messaging;
  files: Files;
  /** ARNs of the topics whose alarms come over HTTPS. */
  alarmTopics: string[];
}

export type Functions = Record<FunctionName, FirebreakFunction>;

/** Makes every function, each with what it needs and nothing else. */
export const makeFunctions = (scope: Construct, installation: Installation, granted: Granted): Functions => {
  const made = FUNCTION_NAMES.map((name): [string, FirebreakFunction] => {
    const needs: FunctionNeeds = FUNCTIONS[name];
    const fn = new FirebreakFunction(scope, { name, needs, installation });
    grant(fn, needs, granted);
    if (needs.vault) grantVault(fn.role, needs.vault, installation.name);
    return [name, fn];
  });
  return Object.fromEntries(made) as Functions;
};

const grant = ({ role }: FirebreakFunction, needs: FunctionNeeds, granted: Granted): void => {
  const { table, secrets, timers, messaging } = granted;
  table.grantStore(role, needs.table);
  if (needs.linkKeys) secrets.linkKeys.grantRead(role);
  if (needs.adminKey) secrets.adminKey.grantRead(role);
  if (needs.files) granted.files.grantKeep(role);
  if (needs.sends) messaging.grantSend(role);
  if (needs.arms) timers.grantArm(role);
  if (needs.confirms) confirmSubscriptions(role, granted.alarmTopics);
};

const confirmSubscriptions = (role: Role, topics: string[]): void => {
  if (topics.length === 0) return;
  role.addToPolicy(new PolicyStatement({ actions: ['sns:ConfirmSubscription'], resources: topics }));
};
