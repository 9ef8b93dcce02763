import type * as z from 'zod';
import type { Role } from '../domain/directory/access.ts';
import { Refused } from '../domain/refused.ts';
import type { Caller } from '../workflow/engine/caller.ts';
import type { Ports } from '../workflow/engine/ports.ts';
import { faultOfText } from './untrusted-json.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];

/** A method and a path whose changing segments are named: `GET /v1/clients/{id}`. */
export type Pattern = `${Method} /${string}`;

/** What a handler gets: everything parsed, and who asks. */
export interface RouteRequest<Path, Query, Body> {
  ports: Ports;
  caller: Caller;
  path: Path;
  query: Query;
  body: Body;
  /** The version that the caller has seen; undefined when they do not say. */
  ifMatch: number | undefined;
}

/** All that a route is beside its handler; OpenAPI is made from it. */
export interface RouteSpec<Path, Query, Body, Result> {
  /** One sentence that says what it does, for the reader of the documentation. */
  about: string;
  /** The role that a caller must hold somewhere; the workflow authorises for the thing itself. `none`: no key. */
  needs: Role | 'none';
  path?: Path;
  query?: Query;
  body?: Body;
  response?: z.ZodType;
  /** 200 unless told, and 204 where there is no response. */
  status?: 200 | 201 | 204;
  /** From what the workflow gave to what is shown; then the response's schema takes what it declares. */
  present?: (result: Result) => unknown;
  /** Shown as a page to print or to keep, in place of JSON. */
  page?: (result: Result) => string | Promise<string>;
  /** A document of its own type, in place of JSON. */
  text?: { type: string; of: (result: Result) => string };
  /** The path of what was created. */
  location?: (result: Result) => string;
  /** Fields of the response that a kept answer leaves out: shown once, and never stored. */
  secrets?: string[];
}

type ParamsOf<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamsOf<Rest>
  : never;
type Parsed<Schema, Otherwise> = Schema extends z.ZodType ? z.output<Schema> : Otherwise;
type Nothing = Record<string, never>;

/** A route with its types forgotten: what matching, answering and documenting work on. */
export interface Route {
  method: Method;
  /** With its names in braces: `/v1/clients/{id}`. */
  path: string;
  segments: string[];
  spec: RouteSpec<z.ZodObject | undefined, z.ZodObject | undefined, z.ZodType | undefined, unknown>;
  handle(request: RouteRequest<unknown, unknown, unknown>): Promise<unknown>;
}

/**
 * One line of the API. A `present` or `location` that is written in place has to name the type of its result.
 * Without a schema the path's parameters are plain text, and the query takes nothing.
 */
export const route = <
  const T extends Pattern,
  Result,
  Path extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  pattern: T,
  spec: RouteSpec<Path, Query, Body, Result>,
  handle: (
    request: RouteRequest<
      Parsed<Path, Record<ParamsOf<T>, string>>,
      Parsed<Query, Nothing>,
      Parsed<Body, undefined>
    >,
  ) => Promise<Result>,
): Route => {
  const [method, path] = pattern.split(' ') as [Method, string];
  return { method, path, segments: path.split('/'), spec, handle } as Route;
};

/** What a method and a path lead to; `allow` names the methods that a known path does take. */
export type Match = { route: Route; params: Record<string, string> } | { allow: string[] } | undefined;

/**
 * Finds the route for a path, percent-decoding its segments; a literal segment wins over a named one, and HEAD is
 * answered by GET.
 * @throws Refused `invalid` when a named segment is badly encoded.
 */
export const match = (routes: Route[], method: string, path: string): Match => {
  const segments = path.split('/');
  const fitting = routes
    .filter((candidate) => fits(candidate, segments))
    .sort((one, other) => namedIn(one) - namedIn(other));
  if (fitting.length === 0) return undefined;
  const wanted = method === 'HEAD' ? 'GET' : method;
  const found = fitting.find((candidate) => candidate.method === wanted);
  if (!found) return { allow: allowed(fitting) };
  return { route: found, params: paramsOf(found, segments) };
};

const isNamed = (segment: string): boolean => segment.startsWith('{');
const namedIn = (candidate: Route): number => candidate.segments.filter(isNamed).length;

const fits = ({ segments: wanted }: Route, segments: string[]): boolean =>
  wanted.length === segments.length &&
  wanted.every((segment, place) => (isNamed(segment) ? segments[place] !== '' : segment === segments[place]));

const allowed = (fitting: Route[]): string[] => {
  const methods = METHODS.filter((method) => fitting.some((candidate) => candidate.method === method));
  return methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
};

const paramsOf = (found: Route, segments: string[]): Record<string, string> =>
  Object.fromEntries(
    found.segments.flatMap((segment, place) => {
      const name = segment.slice(1, -1);
      return isNamed(segment) ? [[name, decodedParam(name, segments[place] ?? '')]] : [];
    }),
  );

const decodedParam = (name: string, encoded: string): string => {
  const text = percentDecoded(encoded);
  const fault = text === undefined ? 'is badly percent-encoded' : faultOfText(text);
  if (text !== undefined && fault === undefined) return text;
  throw new Refused('invalid', 'The path cannot be read.', [
    { path: `path.${name}`, message: fault ?? 'cannot be read' },
  ]);
};

/** The text, or undefined when its encoding is bad. */
export const percentDecoded = (encoded: string): string | undefined => {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
};
