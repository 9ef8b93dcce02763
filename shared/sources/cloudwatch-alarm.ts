import * as z from 'zod';
import { Moment } from './moment.ts';
import { parse } from './parse.ts';

const STATES = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const;
const State = z.enum(STATES, `must be ${STATES.join(', ')}`);
const Arn = z.string().regex(/^arn:[^\s:]+:cloudwatch:/, 'must be the ARN of a CloudWatch alarm');
const Named = z.string().min(1, 'must not be empty');

/** What CloudWatch writes into an SNS message. */
const SnsAlarm = z.looseObject({
  AlarmName: Named,
  AlarmArn: Arn,
  AlarmDescription: z.string().nullish(),
  NewStateValue: State,
  NewStateReason: z.string().nullish(),
  StateChangeTime: Moment.nullish(),
});

/** What CloudWatch puts on the event bus; a contributor is one series of an alarm over many. */
const BusAlarm = z.looseObject({
  'detail-type': z.enum(
    ['CloudWatch Alarm State Change', 'CloudWatch Alarm Contributor State Change'],
    'must be a state change of an alarm',
  ),
  resources: z.tuple([Arn], z.unknown()),
  detail: z.looseObject({
    alarmName: Named,
    alarmContributor: z.looseObject({ contributorId: Named }).nullish(),
    configuration: z.looseObject({ description: z.string().nullish() }).nullish(),
    state: z.looseObject({ value: State, reason: z.string().nullish(), timestamp: Moment.nullish() }),
  }),
});

/** An alarm, whichever way it came. */
export interface Alarm {
  name: string;
  arn: string;
  contributor?: string;
  state: z.infer<typeof State>;
  reason: string;
  description: string;
  at: string | undefined;
  tags: Record<string, string>;
  details: Record<string, unknown>;
}

/** Tags as a record, or as a list of keys and values. */
const tagsOf = (tags: unknown): Record<string, string> => {
  const pairs = Array.isArray(tags)
    ? tags.map((tag) => [tag?.key ?? tag?.Key, tag?.value ?? tag?.Value])
    : Object.entries(tags ?? {});
  return Object.fromEntries(
    pairs.filter(([key, value]) => typeof key === 'string' && typeof value === 'string'),
  );
};

const fromSns = (body: unknown): Alarm => {
  const alarm = parse(SnsAlarm, body);
  return {
    name: alarm.AlarmName,
    arn: alarm.AlarmArn,
    state: alarm.NewStateValue,
    reason: alarm.NewStateReason ?? '',
    description: alarm.AlarmDescription ?? '',
    at: alarm.StateChangeTime ?? undefined,
    tags: {},
    details: { account: alarm.AWSAccountId, region: alarm.Region, trigger: alarm.Trigger },
  };
};

const fromBus = (body: unknown): Alarm => {
  const { detail, resources, account, region } = parse(BusAlarm, body);
  const contributor = detail.alarmContributor ?? undefined;
  return {
    name: detail.alarmName,
    arn: resources[0],
    ...(contributor && { contributor: contributor.contributorId }),
    state: detail.state.value,
    reason: detail.state.reason ?? '',
    description: detail.configuration?.description ?? '',
    at: detail.state.timestamp ?? undefined,
    tags: tagsOf(detail.alarmTags),
    details: {
      account,
      region,
      metrics: detail.configuration?.metrics,
      contributor: contributor?.contributorAttributes,
    },
  };
};

const cameByBus = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'detail-type' in body;

/** @throws Refused `invalid` when it is neither. */
export const alarmOf = (body: unknown): Alarm => (cameByBus(body) ? fromBus(body) : fromSns(body));
