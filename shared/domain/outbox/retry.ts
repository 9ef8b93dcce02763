import { after, type Duration, epoch, type Instant, instant, milliseconds } from '../time.ts';

const FIRST_RETRY = milliseconds('PT15S');
const LONGEST_RETRY = milliseconds('PT5M');

interface Tried {
  attempts: number;
  promisedAt: Instant;
}

/**
 * When a failed message is tried again: after 15 seconds, then twice as long each time, 5 minutes at most. Undefined
 * when trying cannot help, or it has been tried for long enough.
 */
export const nextTry = (
  { attempts, promisedAt }: Tried,
  { retryable }: { retryable: boolean },
  { now, giveUpAfter }: { now: Instant; giveUpAfter: Duration },
): Instant | undefined => {
  const wait = Math.min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY);
  const dueAt = instant(epoch(now) + wait);
  return retryable && dueAt < after(promisedAt, giveUpAfter) ? dueAt : undefined;
};
