import * as z from 'zod';
import { PROBLEMS, type ProblemCode } from './problem.ts';
import type { Route } from './route.ts';

export type Json = Record<string, unknown>;

/** A schema as JSON Schema: what may be sent (`input`), or what is answered (`output`). */
export const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => legible(jsonSchema),
  });
  return rest;
};

/** A format that has a name needs no expression of a line and a half beside it. */
const legible = (jsonSchema: { format?: string; pattern?: string }): void => {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
};

const statusOf = ({ spec }: Route): number =>
  spec.status ?? (spec.response || spec.page || spec.text ? 200 : 204);

/** What comes back when it went well: JSON, a page, or nothing. */
const contentOf = ({ response, page, text }: Route['spec']): Json | undefined => {
  if (page) return { 'text/html': { schema: { type: 'string' } } };
  if (text) return { [text.type]: { schema: { type: 'string' } } };
  return response && { 'application/json': { schema: schemaOf(response, 'output') } };
};

/** What a route answers: what it is for, and every problem that it may have instead. */
export const responsesOf = (route: Route): Record<string, Json> => {
  const content = contentOf(route.spec);
  const statuses = [...new Set(problemsOf(route).map((code) => PROBLEMS[code].status))];
  return {
    [statusOf(route)]: { description: 'Done', ...(content && { content }) },
    ...Object.fromEntries(
      statuses.map((status) => [status, { $ref: `#/components/responses/${nameOf(status)}` }]),
    ),
  };
};

/** The codes that share a status have one response: `illegal-move-or-in-use`. */
const nameOf = (status: number): string => codesOf(status).join('-or-');

const codesOf = (status: number): ProblemCode[] =>
  (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => PROBLEMS[code].status === status);

const problemsOf = ({ method, spec }: Route): ProblemCode[] => [
  'invalid',
  ...(spec.needs === 'none' ? [] : (['unauthenticated', 'forbidden', 'too-many'] as const)),
  'not-found',
  ...(method === 'GET' ? [] : (['illegal-move', 'stale'] as const)),
  ...(spec.body ? (['too-large', 'not-json'] as const) : []),
  ...(method === 'POST' && spec.needs !== 'none' ? (['key-reused'] as const) : []),
  'internal',
  'unavailable',
];

/** One response for each status that a problem has, named by its codes. */
export const problemResponses = (): Json => {
  const statuses = [...new Set(Object.values(PROBLEMS).map(({ status }) => status))];
  const schema = { $ref: '#/components/schemas/Problem' };
  return Object.fromEntries(
    statuses.map((status) => [
      nameOf(status),
      {
        description: codesOf(status)
          .map((code) => `\`${code}\`: ${PROBLEMS[code].title}`)
          .join('; '),
        content: { 'application/problem+json': { schema } },
      },
    ]),
  );
};

/** What every problem looks like, as JSON Schema. */
export const problemSchema = (): Json =>
  schemaOf(
    z.object({
      type: z.string(),
      title: z.string(),
      status: z.int(),
      code: z.enum(Object.keys(PROBLEMS) as [ProblemCode]),
      detail: z.string().optional(),
      errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
    'output',
  );
