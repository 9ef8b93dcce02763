import { changed } from '../aggregate.ts';
import { after, type Instant } from '../time.ts';
import type { Provider } from './provider.ts';

const TOLERATED = 'PT1H';

/** What reading a status feed comes to for its provider; the very provider that was given when nothing changes. */
export interface FeedOutcome {
  provider: Provider;
  reason: 'fails' | 'still-fails' | 'fails-for-an-hour' | 'works' | 'works-again';
}

/** It cannot be read: noted at once, told once after an hour. */
export const feedFails = (provider: Provider, why: string, now: Instant): FeedOutcome => {
  const { feedFailingSince: since, feedAlarmed } = provider;
  if (!since)
    return {
      provider: changed(provider, now, { feedFailingSince: now, feedFailure: why }),
      reason: 'fails',
    };
  if (feedAlarmed || after(since, TOLERATED) > now) return { provider, reason: 'still-fails' };
  return {
    provider: changed(provider, now, { feedAlarmed: true, feedFailure: why }),
    reason: 'fails-for-an-hour',
  };
};

/** As it is without anything to say about its feed. */
export const WITHOUT_FAILURE = {
  feedFailingSince: undefined,
  feedFailure: undefined,
  feedAlarmed: undefined,
};

export const feedWorks = (provider: Provider, now: Instant): FeedOutcome =>
  provider.feedFailingSince
    ? { provider: changed(provider, now, WITHOUT_FAILURE), reason: 'works-again' }
    : { provider, reason: 'works' };
