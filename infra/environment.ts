import type { Environment } from '../shared/edge/configuration.ts';
import type { Api } from './api.ts';
import type { Configuration } from './configuration.ts';
import type { Files } from './files.ts';
import type { Messaging } from './messaging.ts';
import type { Secrets } from './secrets.ts';
import type { Table } from './table.ts';
import type { Timers } from './timers.ts';

interface Parts {
  table: Table;
  secrets: Secrets;
  timers: Timers;
  messaging: Messaging;
  files: Files;
  api: Api;
}

/** The variables of every function. A name is no right: who may use what it names is decided by the roles. */
export const environmentOf = (
  { name, fallbackContact, sms, emailFrom, eventsPerMinute, alarmTopics, alarmIntegration }: Configuration,
  { table, secrets, timers, messaging, files, api }: Parts,
) =>
  ({
    TABLE: table.tableName,
    PUBLIC_URL: api.publicUrl,
    LINK_SECRET_ARN: secrets.linkKeys.arn,
    ADMIN_SECRET_ARN: secrets.adminKey.arn,
    VAULT_PREFIX: name,
    FILES_BUCKET: files.bucketName,
    FALLBACK_CONTACT: fallbackContact ?? '',
    SMS_NUMBER: sms.twoWayNumber ?? '',
    EMAIL_FROM: emailFrom ?? '',
    EMAIL_CONFIGURATION_SET: messaging.configurationSet.configurationSetName,
    TIMER_GROUP: timers.group.scheduleGroupName,
    TIMER_ROLE_ARN: timers.role.roleArn,
    TIMER_FUNCTION_ARN: timers.functionArn,
    TIMER_DEAD_LETTER_ARN: timers.undelivered.queueArn,
    EVENTS_PER_MINUTE: String(eventsPerMinute),
    ALARM_TOPICS: alarmTopics.join(','),
    ALARM_INTEGRATION: alarmIntegration ?? '',
  }) satisfies Environment;
