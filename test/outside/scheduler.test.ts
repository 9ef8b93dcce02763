import { ConflictException, CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { armOnScheduler } from '../../shared/outside/scheduler.ts';

const scheduler = mockClient(SchedulerClient);
afterEach(() => scheduler.reset());

const NOW = '2026-01-05T03:12:00.000Z';
const settings = {
  group: 'timers',
  roleArn: 'arn:aws:iam::000000000000:role/timers',
  functionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:fire-timer',
  deadLetterArn: 'arn:aws:sqs:eu-central-1:000000000000:lost',
};

/** A desk at NOW that writes down what it ran. */
const desk = (change: Partial<typeof settings> = {}) => {
  const history: string[] = [];
  const clock = { now: () => NOW };
  const runNow = async (timerId: string) => void history.push(timerId);
  return { history, arm: armOnScheduler({ ...settings, ...change }, { clock, runNow }) };
};
const created = () => scheduler.commandCalls(CreateScheduleCommand).map((call) => call.args[0].input);

it('makes a schedule that runs once, leaves nothing behind, and carries the id alone', async () => {
  const { arm, history } = desk();
  await arm({ id: 'tmr_1', dueAt: '2026-01-05T03:17:00.000Z' });
  expect(history).toEqual([]);
  expect(created()).toEqual([
    {
      Name: 'tmr_1',
      GroupName: 'timers',
      ScheduleExpression: 'at(2026-01-05T03:17:00)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: settings.functionArn,
        RoleArn: settings.roleArn,
        Input: '{"timerId":"tmr_1"}',
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
        DeadLetterConfig: { Arn: settings.deadLetterArn },
      },
    },
  ]);
});

it.each([
  ['2026-01-05T03:17:00.000Z', '2026-01-05T03:17:00'],
  ['2026-01-05T03:17:00.001Z', '2026-01-05T03:17:01'],
  ['2026-01-05T23:59:59.999Z', '2026-01-06T00:00:00'],
])('a timer due at %s is woken at %s: never early', async (dueAt, at) => {
  await desk().arm({ id: 'tmr_1', dueAt });
  expect(created()[0]?.ScheduleExpression).toBe(`at(${at})`);
});

it.each([
  ['too long', 'x'.repeat(65)],
  ['of characters that names may not have', 'a/b'],
])('names a schedule by a hash when the id is %s', async (_, id) => {
  await desk().arm({ id, dueAt: '2026-01-05T03:17:00.000Z' });
  expect(created()[0]?.Name).toMatch(/^tmr_[0-9A-Z]{16}$/);
});

it('does without a dead-letter queue where there is none', async () => {
  await desk({ deadLetterArn: '' }).arm({ id: 'tmr_1', dueAt: '2026-01-05T03:17:00.000Z' });
  expect(created()[0]?.Target).not.toHaveProperty('DeadLetterConfig');
});

describe('a timer that is near', () => {
  it.each(['2026-01-05T03:12:00.000Z', '2026-01-05T03:00:00.000Z'])(
    'is run here when its time, %s, has come',
    async (dueAt) => {
      const { arm, history } = desk();
      await arm({ id: 'tmr_1', dueAt });
      expect(history).toEqual(['tmr_1']);
      expect(created()).toEqual([]);
    },
  );

  it.each([
    ['2026-01-05T03:12:00.001Z', '2026-01-05T03:12:05'],
    ['2026-01-05T03:12:05.000Z', '2026-01-05T03:12:05'],
    ['2026-01-05T03:12:05.001Z', '2026-01-05T03:12:06'],
  ])('due at %s is woken at %s and not waited for', async (dueAt, at) => {
    const { arm, history } = desk();
    await arm({ id: 'tmr_1', dueAt });
    expect(history).toEqual([]);
    expect(created()[0]?.ScheduleExpression).toBe(`at(${at})`);
  });
});

it('takes a schedule that is there already for armed', async () => {
  scheduler
    .on(CreateScheduleCommand)
    .rejects(new ConflictException({ message: 'there is one', Message: 'there is one', $metadata: {} }));
  await expect(desk().arm({ id: 'tmr_1', dueAt: '2026-01-05T03:17:00.000Z' })).resolves.toBeUndefined();
});

it('throws what else goes wrong', async () => {
  scheduler.on(CreateScheduleCommand).rejects(new Error('no such role'));
  await expect(desk().arm({ id: 'tmr_1', dueAt: '2026-01-05T03:17:00.000Z' })).rejects.toThrow(
    'no such role',
  );
});
