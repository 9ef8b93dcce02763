import { Refused } from '../domain/refused.ts';

/** The store cannot be used right now, and may be in a moment. */
export const unavailable = (cause: unknown): Refused =>
  Object.assign(new Refused('unavailable', 'The store cannot be reached right now. Try again in a moment.'), {
    cause,
  });
