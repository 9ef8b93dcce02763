import type * as z from 'zod';
import { type Json, problemResponses, problemSchema, responsesOf, schemaOf } from './openapi-responses.ts';
import type { Route } from './route.ts';

/** An OpenAPI 3.1 document, as far as it is made and shown here. */
export interface OpenApi {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  security: Json[];
  paths: Record<string, Record<string, Operation>>;
  components: Json;
}

export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: Json[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Record<string, { schema: Json }> };
  responses: Record<string, Json>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: Json;
}

const ABOUT = [
  'Errors are application/problem+json with a stable `code` and every invalid field in `errors`.',
  'A list returns `items` and `next`; send `next` as `cursor` to get the next page.',
].join(' ');

/** The document of all routes, the same for the same routes, whatever their order. */
export const openApi = (routes: Route[]): OpenApi => {
  const sorted = routes.toSorted((one, other) => compare(keyOf(one), keyOf(other)));
  const nouns = [...new Set(sorted.map(nounOf))].sort(compare);
  return {
    openapi: '3.1.0',
    info: { title: 'Firebreak', version: '1', description: ABOUT },
    servers: [{ url: '/' }],
    tags: nouns.map((name) => ({ name })),
    security: [{ apiKey: [] }],
    paths: pathsOf(sorted),
    components: {
      securitySchemes: { apiKey },
      responses: problemResponses(),
      schemas: { Problem: problemSchema() },
    },
  };
};

const ORDER = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const keyOf = ({ path, method }: Route): string => `${path} ${ORDER.indexOf(method)}`;
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** The noun of a path is what follows the version: `/v1/clients/{id}` is of `clients`; `/v2` is other people's, for alerts. */
const nounOf = ({ segments: [, version, resource = 'firebreak'] }: Route): string =>
  version === 'v2' ? 'alerts' : resource;

const pathsOf = (routes: Route[]): OpenApi['paths'] => {
  const paths: OpenApi['paths'] = {};
  for (const route of routes) {
    const operations = paths[route.path] ?? {};
    operations[route.method.toLowerCase()] = operationOf(route);
    paths[route.path] = operations;
  }
  return paths;
};

const operationOf = (route: Route): Operation => {
  const { about, needs, body } = route.spec;
  const needed = needs === 'none' ? 'Needs no key.' : `Needs an API key with the scope \`${needs}\`.`;
  return {
    operationId: operationIdOf(route),
    summary: about,
    description: needed,
    tags: [nounOf(route)],
    security: needs === 'none' ? [] : [{ apiKey: [] }],
    parameters: parametersOf(route),
    ...(body && { requestBody: requestBodyOf(route, body) }),
    responses: responsesOf(route),
  };
};

/** `POST /v1/incidents/{id}/acknowledgement` is `post-incidents-id-acknowledgement`. */
const operationIdOf = ({ method, segments }: Route): string =>
  [method.toLowerCase(), ...segments.slice(2).map((segment) => segment.replace(/[{}]/g, ''))].join('-');

const requestBodyOf = ({ method }: Route, body: z.ZodType): Operation['requestBody'] => {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const required = !body.safeParse({}).success;
  return { required, content: { [type]: { schema: schemaOf(body, 'input') } } };
};

const parametersOf = (route: Route): Parameter[] => [
  ...pathParametersOf(route),
  ...queryParametersOf(route),
  ...headerParametersOf(route),
];

const pathParametersOf = ({ segments, spec }: Route): Parameter[] =>
  segments
    .filter((segment) => segment.startsWith('{'))
    .map((segment) => {
      const name = segment.slice(1, -1);
      const schema = spec.path?.shape[name] as z.ZodType | undefined;
      return {
        name,
        in: 'path',
        required: true,
        schema: schema ? schemaOf(schema, 'input') : { type: 'string' },
      };
    });

const queryParametersOf = ({ spec }: Route): Parameter[] =>
  Object.entries(spec.query?.shape ?? {}).map(([name, field]) => {
    const schema = field as z.ZodType;
    const required = !schema.safeParse(undefined).success;
    const { description, ...rest } = schemaOf(schema, 'input');
    const said = typeof description === 'string' ? { description } : {};
    return { name, in: 'query', required, ...said, schema: rest };
  });

const IF_MATCH: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The version you read, such as "3". Rejected with 412 if the version has changed.',
  schema: { type: 'string', pattern: '^"?\\d{1,15}"?$' },
};

const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A request with the same key and body runs once within 48 hours and returns the same response.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};

const headerParametersOf = ({ method, spec }: Route): Parameter[] => {
  if (method === 'GET') return [];
  return method === 'POST' && spec.needs !== 'none' ? [IDEMPOTENCY_KEY, IF_MATCH] : [IF_MATCH];
};

const apiKey = {
  type: 'http',
  scheme: 'bearer',
  description: 'An API key, shown once when it is created under /v1/api-keys.',
};
