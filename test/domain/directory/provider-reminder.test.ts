import { expect, test } from 'vitest';
import type { Provider } from '../../../shared/domain/directory/provider.ts';
import { ProviderBody } from '../../../shared/domain/directory/provider.ts';
import { generationAfter, reminders } from '../../../shared/domain/directory/provider-reminder.ts';
import { RESOURCE_SAMPLES } from '../../store/resource-samples.ts';

const invocation = { now: '2026-03-01T12:00:00.000Z', id: '01KJMY2Z00ABCDEFGHJKMNPQRS' };
const provider = RESOURCE_SAMPLES.provider;
const armed = (more: Partial<Provider>) =>
  reminders({ ...provider, ...more }, invocation).map(({ dueAt, command }) => [
    command.type === 'run-task' ? command.task : '',
    dueAt,
  ]);
const review = ['review:0', '2026-05-30T12:00:00.000Z'];

test.each<[string, Partial<Provider>, string[][]]>([
  ['no contract', { contract: {} }, [review]],
  [
    'the last day to act comes before the end, in the provider’s own morning',
    { contract: { noticeBy: '2026-06-30', endsOn: '2026-12-31' } },
    [review, ['contract:30', '2026-05-31T08:00:00.000Z'], ['contract:7', '2026-06-23T08:00:00.000Z']],
  ],
  [
    'within 30 days: once at once, then 7 days before',
    { contract: { endsOn: '2026-03-20' } },
    [review, ['contract:30', invocation.now], ['contract:7', '2026-03-13T09:00:00.000Z']],
  ],
  [
    'within 7 days: once at once',
    { contract: { endsOn: '2026-03-04' } },
    [review, ['contract:7', invocation.now]],
  ],
  ['on the day itself', { contract: { endsOn: '2026-03-01' } }, [review, ['contract:7', invocation.now]]],
  ['over', { contract: { endsOn: '2026-02-27' } }, [review]],
  [
    'reviewed since',
    { contract: {}, reviewedAt: '2026-02-01T00:00:00.000Z', reviewEvery: 'P60D' },
    [['review:0', '2026-04-02T00:00:00.000Z']],
  ],
])('reminders: %s', (_, more, expected) => expect(armed(more)).toEqual(expected));

test.each<[Partial<Provider>, number]>([
  [{ notes: 'Something else' }, 1],
  [{ reviewEvery: 'P30D' }, 2],
  [{ contract: { endsOn: '2027-12-31' } }, 2],
  [{ timeZone: 'UTC' }, 2],
])('a change to %j leads to generation %i', (change, generation) =>
  expect(generationAfter(provider, { ...provider, ...change })).toBe(generation),
);

test.each([
  ['https://status.example.com/api/v2/summary.json', true],
  ['http://127.0.0.1:8080/summary.json', true],
  ['http://status.example.com/summary.json', false],
  ['ftp://status.example.com', false],
])('the status feed %s: %s', (statusFeed, isFine) =>
  expect(ProviderBody.safeParse({ name: 'Example', statusFeed }).success).toBe(isFine),
);
