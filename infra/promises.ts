import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type Alarms, depthOf } from './alarms.ts';
import type { Api } from './api.ts';
import type { Configuration } from './configuration.ts';
import type { Functions } from './grants.ts';
import { MINUTE, measured, sumOf } from './metrics.ts';
import type { Timers } from './timers.ts';

const FIVE_MINUTES = Duration.minutes(5);
const SIX_HOURS = Duration.hours(6);

interface Parts {
  alarms: Alarms;
  api: Api;
  timers: Timers;
  functions: Functions;
}

/** Alarms on what Firebreak promises, whichever function breaks it. */
export const watchPromises = (
  { alarms, api, timers, functions }: Parts,
  configuration: Configuration,
): void => {
  alarms.alarmOn('pages-are-late', {
    metric: measured('OldestUnsentPromiseSeconds', 'sweep'),
    impact: 'A page or notice has been waiting for two minutes. Responders may not know about an incident.',
    threshold: 120,
  });
  alarms.alarmOn('timers-are-late', {
    metric: measured('LatestTimerSeconds', 'sweep'),
    impact: 'An escalation or a reminder was due three minutes ago and has not happened.',
    threshold: 180,
  });
  alarms.alarmOn('stream-is-behind', {
    metric: functions['deliver-outbox'].lambda.metric('IteratorAge', {
      period: MINUTE,
      statistic: Stats.MAXIMUM,
    }),
    impact: 'Pages leave a minute late or more: the table’s stream is not read fast enough.',
    threshold: 60_000,
  });
  alarms.alarmOn('sweep-is-missing', {
    metric: functions.sweep.lambda.metricInvocations(sumOf(FIVE_MINUTES)),
    impact: 'The sweep has not run for five minutes. Lost pages and escalations are not recovered.',
    threshold: 1,
    whenSilent: true,
  });
  alarms.alarmOn('promises-fail', {
    metric: measured('BadItems', 'sweep', Stats.SUM),
    impact: 'An outbox item or timer failed when it was due. A page or an escalation may not happen.',
    threshold: 1,
  });
  alarms.alarmOn('timers-undelivered', {
    metric: depthOf(timers.undelivered),
    impact: 'Schedules did not fire their timers. The sweep fires them late.',
    threshold: 1,
  });
  alarms.alarmOn('api-fails', {
    metric: api.stage.metricServerError(sumOf(MINUTE)),
    impact: 'Requests are answered with 5xx: people and monitors cannot reach Firebreak.',
    threshold: 1,
  });
  alarms.alarmOn('sms-spending', {
    metric: new Metric({
      namespace: 'AWS/SNS',
      metricName: 'SMSMonthToDateSpentUSD',
      period: SIX_HOURS,
      statistic: Stats.MAXIMUM,
    }),
    impact: 'SMS spending is close to the account’s monthly limit. All SMS stops when the limit is reached.',
    threshold: configuration.sms.spendAlarm,
  });
};
