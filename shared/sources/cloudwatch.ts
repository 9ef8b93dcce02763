import { digest } from '../domain/id.ts';
import { Severity } from '../domain/outbox/severity.ts';
import type { AlertEvent } from '../domain/proactive/alerts/alert-event.ts';
import { type Alarm, alarmOf } from './cloudwatch-alarm.ts';
import { cut, fittingDetails, oneLine, safeLinks, stated } from './legible.ts';
import type { AlertSource, Arrived, Example, Outcome, Reading, Reply } from './source.ts';

/** `[sev1]` in the description, or the tag `severity`; where neither says, `sev2`. */
const severityOf = ({ description, tags }: Alarm): Pick<AlertEvent, 'severity' | 'sourceSeverity'> => {
  const word = /\[(sev[1-4])\]/i.exec(description)?.[1] ?? tags.severity;
  if (word === undefined) return { severity: 'sev2' };
  const known = Severity.safeParse(word.trim().toLowerCase());
  return { severity: known.data ?? 'sev2', sourceSeverity: cut(word, 100) };
};

/** The console's page of the alarm. */
const linkTo = ({ arn, name }: Alarm): AlertEvent['links'] => {
  const [, partition, , region = ''] = arn.split(':');
  if (partition !== 'aws' || !/^[a-z0-9-]+$/.test(region)) return undefined;
  const address = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`;
  return safeLinks([
    { href: `${address}#alarmsV2:alarm/${encodeURIComponent(name.toWellFormed())}`, text: 'CloudWatch' },
  ]);
};

const dedupKeyOf = ({ arn, contributor }: Alarm): string => {
  const key = contributor ? `${arn}/${contributor}` : arn;
  return key.length <= 512 ? key : `arn:1:${digest(key)}`;
};

const summaryOf = ({ name, description, reason }: Alarm): string => {
  const said = description.replaceAll(/\[sev[1-4]\]|\bfirebreak:int_\w+/gi, '').trim() || reason;
  return oneLine(said ? `${name}: ${said}` : name) || 'Unnamed alarm';
};

const eventOf = (alarm: Alarm): AlertEvent =>
  stated({
    action: alarm.state === 'ALARM' ? 'trigger' : 'resolve',
    dedupKey: dedupKeyOf(alarm),
    summary: summaryOf(alarm),
    ...severityOf(alarm),
    origin: oneLine(alarm.name),
    at: alarm.at,
    saidAt: alarm.at,
    links: linkTo(alarm),
    details: fittingDetails({
      reason: alarm.reason || undefined,
      description: alarm.description || undefined,
      ...alarm.details,
    }),
  });

const read = ({ body }: Arrived): Reading => {
  const alarm = alarmOf(body);
  // Missing data is neither a problem nor its end: an alarm that is to mean one of them says so itself
  // by how it treats missing data.
  if (alarm.state === 'INSUFFICIENT_DATA') return { alerts: [], changes: [], ignored: 'insufficient-data' };
  return { alerts: [eventOf(alarm)], changes: [] };
};

/** The integration that the alarm's tag `firebreak` or its description (`firebreak:int_…`) names. */
export const integrationNamedIn = (body: unknown): string | undefined => {
  const { tags, description } = alarmOf(body);
  const tagged = /^(?:firebreak:)?(int_\w+)$/.exec(tags.firebreak?.trim() ?? '')?.[1];
  return tagged ?? /\bfirebreak:(int_\w+)/.exec(description)?.[1];
};

const accepted = ([outcome]: Outcome[], { ignored }: Reading): Reply => ({
  status: 200,
  body: { reason: outcome?.reason ?? ignored },
});

const ARN = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:ShopErrors';
const CONSOLE = {
  href: 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/ShopErrors',
  text: 'CloudWatch',
};
const examples: Example[] = [
  {
    title: 'the message in an SNS notification',
    arrived: {
      body: {
        AlarmName: 'ShopErrors',
        AlarmArn: ARN,
        AlarmDescription: 'The shop answers with errors [sev1]',
        AWSAccountId: '123456789012',
        Region: 'EU (Ireland)',
        NewStateValue: 'ALARM',
        NewStateReason: 'Threshold Crossed',
        StateChangeTime: '2026-01-05T08:38:00.123+0000',
        OldStateValue: 'OK',
        Trigger: { MetricName: '5XXError' },
      },
    },
    gives: {
      alerts: [
        {
          action: 'trigger',
          dedupKey: ARN,
          summary: 'ShopErrors: The shop answers with errors',
          severity: 'sev1',
          sourceSeverity: 'sev1',
          origin: 'ShopErrors',
          at: '2026-01-05T08:38:00.123Z',
          saidAt: '2026-01-05T08:38:00.123Z',
          links: [CONSOLE],
          details: {
            reason: 'Threshold Crossed',
            description: 'The shop answers with errors [sev1]',
            account: '123456789012',
            region: 'EU (Ireland)',
            trigger: { MetricName: '5XXError' },
          },
        },
      ],
    },
    reply: { status: 200, body: { reason: 'opened' } },
  },
  {
    title: 'an event on the bus, back to normal, with the severity in a tag',
    arrived: {
      body: {
        'detail-type': 'CloudWatch Alarm State Change',
        source: 'aws.cloudwatch',
        resources: [ARN],
        detail: {
          alarmName: 'ShopErrors',
          state: { value: 'OK', timestamp: '2026-01-05T08:38:00.123+0000' },
          alarmTags: { severity: 'sev3' },
        },
      },
    },
    gives: {
      alerts: [
        {
          action: 'resolve',
          dedupKey: ARN,
          summary: 'ShopErrors',
          severity: 'sev3',
          sourceSeverity: 'sev3',
          origin: 'ShopErrors',
          at: '2026-01-05T08:38:00.123Z',
          saidAt: '2026-01-05T08:38:00.123Z',
          links: [CONSOLE],
        },
      ],
    },
    reply: { status: 200, body: { reason: 'opened' } },
  },
  {
    title: 'missing data',
    arrived: { body: { AlarmName: 'ShopErrors', AlarmArn: ARN, NewStateValue: 'INSUFFICIENT_DATA' } },
    gives: { ignored: 'insufficient-data' },
    reply: { status: 200, body: { reason: 'insufficient-data' } },
  },
  {
    title: 'something else',
    arrived: { body: { AlarmName: '', AlarmArn: 'shop', NewStateValue: 'BAD' } },
    gives: { refused: ['body.AlarmName', 'body.AlarmArn', 'body.NewStateValue'] },
    reply: { status: 400, body: undefined },
  },
];

export const cloudwatch: AlertSource = { read, accepted, examples };
