import * as z from 'zod';
import { Instant } from './time.ts';

/** A name that people read: 1 to 200 characters, without control characters. */
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u, 'must not contain control characters');

/** A line or more of text that people read: at most 4,000 characters. */
export const Text = z.string().trim().min(1).max(4000);

/** What every aggregate has. `version` counts from 1 and guards every write. */
export const aggregate = <K extends string>(kind: K) => ({
  kind: z.literal(kind),
  id: z.string(),
  version: z.number().int().min(1),
  createdAt: Instant,
  updatedAt: Instant,
});

interface Versioned {
  version: number;
  updatedAt: Instant;
}

/** The record changed by `change`, one version on. */
export const changed = <T extends Versioned>(record: T, now: Instant, change: Partial<T>): T => ({
  ...record,
  ...change,
  version: record.version + 1,
  updatedAt: now,
});
