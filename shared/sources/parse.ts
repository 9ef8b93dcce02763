import type * as z from 'zod';
import { type Problem, Refused } from '../domain/refused.ts';

/** A payload of a thousand alerts could have thousands of faults; nobody reads more than these. */
const MOST_PROBLEMS = 50;

const pathOf = (keys: PropertyKey[]): string =>
  keys.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : `${path}.${String(key)}`),
    'body',
  );

const problemsOf = (issues: z.core.$ZodIssue[]): Problem[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), message: 'is not a known field' }))
      : [{ path: pathOf(issue.path), message: issue.message }],
  );

export const invalid = (problems: Problem[]): Refused =>
  new Refused('invalid', 'The payload is invalid.', problems.slice(0, MOST_PROBLEMS));

/** The payload as the schema has it, or a refusal that names every field at fault. */
export const parse = <S extends z.ZodType>(schema: S, payload: unknown): z.output<S> => {
  const parsed = schema.safeParse(payload, {
    error: (issue) =>
      issue.code === 'invalid_type' && issue.input === undefined ? 'is required' : undefined,
  });
  if (parsed.success) return parsed.data;
  throw invalid(problemsOf(parsed.error.issues));
};
