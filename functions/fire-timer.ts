/**
 * When: a one-time schedule wakes a timer (on one machine, the process does).
 * What: runs the timer's command and takes the timer away, in one commit.
 * Safe to repeat: a timer that is gone has fired. Woken early it throws, so that it is woken again.
 */
import * as z from 'zod';
import { backgroundFunction } from '../shared/edge/lambda.ts';
import { ports } from '../shared/edge/ports.ts';
import { fireTimer } from '../shared/workflow/engine/fire-timer.ts';

const Wake = z.object({ timerId: z.string() });

export const handler = backgroundFunction('fire-timer', async (event: unknown) => {
  const { timerId } = Wake.parse(event);
  return { reason: await fireTimer(await ports(), timerId) };
});
