import { expect, test } from 'vitest';
import { feedFails, feedWorks } from '../../../shared/domain/directory/provider-feed.ts';
import { RESOURCE_SAMPLES } from '../../store/resource-samples.ts';

const provider = RESOURCE_SAMPLES.provider;
const since = '2026-03-01T12:00:00.000Z';
const failing = { ...provider, feedFailingSince: since, feedFailure: 'no answer' };

test.each([
  ['the first time', provider, since, 'fails'],
  ['for less than an hour', failing, '2026-03-01T12:59:59.999Z', 'still-fails'],
  ['for an hour', failing, '2026-03-01T13:00:00.000Z', 'fails-for-an-hour'],
  ['and that was told', { ...failing, feedAlarmed: true }, '2026-03-02T13:00:00.000Z', 'still-fails'],
] as const)('it fails %s: %#', (_, before, now, reason) => {
  const outcome = feedFails(before, 'no answer', now);
  expect(outcome.reason).toBe(reason);
  expect(outcome.provider === before).toBe(reason === 'still-fails');
});

test('it works: nothing is changed, or its failure is forgotten', () => {
  expect(feedWorks(provider, since)).toEqual({ provider, reason: 'works' });
  expect(feedWorks(failing, since)).toMatchObject({
    reason: 'works-again',
    provider: { feedFailingSince: undefined },
  });
});
