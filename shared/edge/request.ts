import * as z from 'zod';
import { invalid, parse, step } from '../domain/parse.ts';
import { type Problem, Refused } from '../domain/refused.ts';
import { bodyOf, type HttpEvent, headerOf } from './http-event.ts';
import { percentDecoded, type Route } from './route.ts';
import { faultOfKey, faultOfText, readJson } from './untrusted-json.ts';

/** A request as its route wants it. */
export interface ReadRequest {
  path: unknown;
  query: unknown;
  /** The body as it was sent. */
  sent: unknown;
  /** The body as its schema has it. */
  body: unknown;
  ifMatch: number | undefined;
  /** The header `Idempotency-Key` of a POST. */
  onceKey: string | undefined;
}

const NO_QUERY = z.strictObject({});
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/**
 * Reads path, query, headers and body by the schemas of the route.
 * @throws Refused `invalid` with every field at fault, wherever it came in; `not-json`; `too-large`.
 */
export const readRequest = (route: Route, params: Record<string, string>, event: HttpEvent): ReadRequest => {
  const problems: Problem[] = [];
  const gather = gatherer(problems);
  const { path: pathSchema, query: querySchema = NO_QUERY, body: bodySchema } = route.spec;
  const sent = bodySchema && gather(() => sentBody(event));
  const read = {
    path: pathSchema ? gather(() => parse(pathSchema, params, 'path')) : params,
    query: gather(() => readQuery(event.rawQueryString ?? '', querySchema)),
    sent,
    body: bodySchema && sent !== undefined ? gather(() => parse(bodySchema, sent, 'body')) : undefined,
    ifMatch: gather(() => versionIn(event)),
    onceKey: route.method === 'POST' ? gather(() => onceKeyIn(event)) : undefined,
  };
  if (problems.length === 0) return read;
  throw new Refused('invalid', 'Correct the fields listed and send the request again.', problems);
};

/** Runs a reader and collects what it refuses, so that the others get to say their part too. */
const gatherer =
  (problems: Problem[]) =>
  <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'invalid') throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };

/** A body that is not there is an empty one: what may be left out of it, may all be left out. */
const sentBody = (event: HttpEvent): unknown => {
  const sent = bodyOf(event);
  if (sent === undefined) return {};
  const type = headerOf(event, 'content-type') ?? '';
  if (!JSON_TYPE.test(type.trim()))
    throw new Refused('not-json', 'Send JSON in UTF-8 with the header Content-Type: application/json.');
  return readJson(sent);
};

const readQuery = (raw: string, schema: z.ZodObject): unknown => {
  const problems: Problem[] = [];
  const gather = gatherer(problems);
  const values = new Map<string, string[]>();
  for (const pair of raw.split('&').filter(Boolean)) {
    const [key, value] = gather(() => readPair(pair)) ?? [];
    if (key !== undefined && value !== undefined) values.set(key, [...(values.get(key) ?? []), value]);
  }
  const entries = [...values].map((entry) => gather(() => given(entry, schema)) ?? []);
  if (problems.length > 0) throw invalid(problems);
  return parse(schema, Object.fromEntries(entries), 'query');
};

const readPair = (pair: string): [string, string] => {
  const place = pair.includes('=') ? pair.indexOf('=') : pair.length;
  const key = formDecoded(pair.slice(0, place));
  const value = formDecoded(pair.slice(place + 1));
  if (key === undefined) throw invalid([{ path: 'query', message: 'has a badly percent-encoded name' }]);
  if (value === undefined) throw invalid([{ path: step('query', key), message: 'is badly percent-encoded' }]);
  const fault = faultOfKey(key) ?? faultOfText(value);
  if (fault !== undefined) throw invalid([{ path: step('query', key), message: fault }]);
  return [key, value];
};

const formDecoded = (text: string): string | undefined => percentDecoded(text.replaceAll('+', ' '));

/** A parameter as its schema wants it: a list where it takes one, else a single value. */
const given = ([key, values]: [string, string[]], schema: z.ZodObject): [string, unknown] => {
  if (takesList(schema.shape[key])) return [key, values];
  if (values.length > 1) throw invalid([{ path: step('query', key), message: 'is given more than once' }]);
  return [key, values[0]];
};

const takesList = (schema: unknown): boolean => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return takesList(schema.unwrap());
  return schema instanceof z.ZodArray;
};

/** The version in `If-Match`, quoted or bare; `*` asks for no version in particular. */
const versionIn = (event: HttpEvent): number | undefined => {
  const text = headerOf(event, 'if-match')?.trim();
  if (text === undefined || text === '*') return undefined;
  const [, quoted, bare] = /^(?:"(\d{1,15})"|(\d{1,15}))$/.exec(text) ?? [];
  if (quoted === undefined && bare === undefined)
    throw invalid([{ path: 'headers.If-Match', message: 'must be one version number, such as "3"' }]);
  return Number(quoted ?? bare);
};

const onceKeyIn = (event: HttpEvent): string | undefined => {
  const key = event.headers?.['idempotency-key'];
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw invalid([{ path: 'headers.Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }]);
};
