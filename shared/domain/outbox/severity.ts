import * as z from 'zod';
import type { Urgency } from '../directory/person.ts';

/** How bad it is, worst first. */
export const Severity = z.enum(['sev1', 'sev2', 'sev3', 'sev4']);
export type Severity = z.infer<typeof Severity>;

/** `sev1` is worse than `sev2`. */
export const isWorse = (severity: Severity, than: Severity): boolean => severity < than;

/** Which of a person's notification rules apply. */
export const urgencyOf = (severity: Severity): Urgency =>
  severity === 'sev1' || severity === 'sev2' ? 'high' : 'low';
