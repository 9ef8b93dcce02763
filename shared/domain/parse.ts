import type * as z from 'zod';
import { type Problem, Refused } from './refused.ts';

const PLAIN = /^[A-Za-z_$][\w$-]*$/;
const LONGEST_KEY = 80;

/** One step down from a place in JSON: `body` and `steps` give `body.steps`, and `0` then gives `body.steps[0]`. */
export const step = (path: string, key: PropertyKey): string => {
  if (typeof key === 'number') return `${path}[${key}]`;
  const name = String(key);
  if (PLAIN.test(name) && name.length <= LONGEST_KEY) return `${path}.${name}`;
  return `${path}[${JSON.stringify(name.slice(0, LONGEST_KEY))}]`;
};

/** The path of a field below a root, such as `body.steps[0].delay`. */
const jsonPath = (root: string, keys: readonly PropertyKey[]): string => keys.reduce<string>(step, root);

/** The value as the schema has it. @throws Refused `invalid` with the path of every field at fault. */
export const parse = <S extends z.ZodType>(schema: S, value: unknown, root: string): z.output<S> => {
  const parsed = schema.safeParse(value, {
    error: (issue) => (issue.input === undefined ? 'is required' : undefined),
  });
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.flatMap((issue) => problemsOf(issue, root)));
};

export const invalid = (problems: Problem[]): Refused =>
  new Refused('invalid', 'The request has invalid fields.', problems);

/** Unknown keys are named one by one; of a union, the alternative speaks that came closest. */
const problemsOf = (issue: z.core.$ZodIssue, root: string): Problem[] => {
  const path = jsonPath(root, issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: step(path, key), message: 'is not a known field' }));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [closest = []] = issue.errors.toSorted((one, other) => one.length - other.length);
    return closest.flatMap((nested) => problemsOf(nested, path));
  }
  return [{ path, message: issue.message }];
};
