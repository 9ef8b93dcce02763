import type { Principal } from '../domain/directory/access.ts';
import { Refused } from '../domain/refused.ts';
import { pageHeaders } from '../pages/layout.ts';
import type { Caller } from '../workflow/engine/caller.ts';
import type { Ports } from '../workflow/engine/ports.ts';
import { authenticate, demand } from './authenticate.ts';
import { type HttpEvent, type HttpReply, headerOf, jsonReply } from './http-event.ts';
import { keptAnswer, onceOf } from './idempotency.ts';
import { httpFunction, type Wrapped } from './lambda.ts';
import { ports } from './ports.ts';
import { problemReply } from './problem.ts';
import { type ReadRequest, readRequest } from './request.ts';
import { match, type Route } from './route.ts';

/** The function behind a table of routes: it takes and gives events of an HTTP API, payload version 2.0. */
export const api = (name: string, routes: Route[]): Wrapped<HttpEvent, HttpReply> =>
  httpFunction(name, (event) => answer(routes, event));

/** Whoever comes without a key, where none is needed. */
const stranger: Principal = { id: 'stranger', kind: 'person', grants: [] };

const answer = async (routes: Route[], event: HttpEvent): Promise<HttpReply> => {
  const found = match(routes, event.requestContext.http.method, event.rawPath);
  if (!found) throw new Refused('not-found', 'Path not found. GET /openapi.json lists all paths.');
  if ('allow' in found) return wrongMethod(found.allow);
  const { route, params } = found;
  const wired = await ports();
  const principal = await admitted(wired, route, event);
  const read = readRequest(route, params, event);
  return perform({ route, ports: wired, principal, read, rawPath: event.rawPath });
};

const wrongMethod = (methods: string[]): HttpReply => {
  const allow = methods.join(', ');
  return problemReply('method-not-allowed', { detail: `This path accepts ${allow}.`, headers: { allow } });
};

const admitted = async (wired: Ports, { spec }: Route, event: HttpEvent): Promise<Principal> => {
  if (spec.needs === 'none') return stranger;
  const principal = await authenticate(wired, headerOf(event, 'authorization'));
  demand(principal, spec.needs);
  return principal;
};

interface Admitted {
  route: Route;
  ports: Ports;
  principal: Principal;
  read: ReadRequest;
  rawPath: string;
}

/**
 * Does what is asked, or gives the answer that it got before. After a failure the kept answer is looked for once
 * more: a twin of this request may have won, or our own commit may have gone through without our hearing of it.
 */
const perform = async (admitted: Admitted): Promise<HttpReply> => {
  const once = onceIn(admitted);
  const answered = once && (await keptAnswer(admitted.ports, once));
  if (answered) return answered;
  try {
    return await handled(admitted, once);
  } catch (error) {
    const twin = once && (await keptAnswer(admitted.ports, once));
    if (twin) return twin;
    throw error;
  }
};

type OnceId = ReturnType<typeof onceOf>;

const onceIn = ({ route, principal, read, rawPath }: Admitted): OnceId | undefined =>
  read.onceKey === undefined || principal === stranger
    ? undefined
    : onceOf({ principal, route, path: rawPath, key: read.onceKey, sent: read.sent });

const handled = async (admitted: Admitted, once: OnceId | undefined): Promise<HttpReply> => {
  const { route, ports: wired, principal, read } = admitted;
  const invocation = { now: wired.clock.now(), id: wired.newId() };
  const caller: Caller = { principal, invocation };
  if (once) caller.once = { ...once, answer: (result) => withoutSecrets(route, answerTo(route, result)) };
  const { path, query, body, ifMatch } = read;
  const result = await route.handle({ ports: wired, caller, path, query, body, ifMatch });
  const document = await documentOf(route, result);
  if (document) return document;
  const { status, body: shown, headers } = answerTo(route, result);
  return status === 204 ? { statusCode: 204, headers, body: '' } : jsonReply(status, shown, headers);
};

/** What is read as it is, in place of JSON. */
const documentOf = async ({ spec }: Route, result: unknown): Promise<HttpReply | undefined> => {
  if (spec.page) return { statusCode: 200, headers: pageHeaders(), body: await spec.page(result) };
  if (!spec.text) return undefined;
  const headers = { 'content-type': `${spec.text.type}; charset=utf-8`, ...KEPT_BY_NOBODY };
  return { statusCode: 200, headers, body: spec.text.of(result) };
};

const KEPT_BY_NOBODY = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

interface Answer {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

/** The answer for what the workflow gave. One that its own schema does not accept is our fault. */
const answerTo = ({ spec }: Route, result: unknown): Answer => {
  const shown = spec.present ? spec.present(result) : result;
  const body = spec.response ? spec.response.parse(shown) : null;
  const headers = { ...tagOf(body), ...(spec.location && { location: spec.location(result) }) };
  return { status: spec.status ?? (spec.response ? 200 : 204), body, headers };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The version as an entity tag, to be sent back in `If-Match`. */
const tagOf = (body: unknown): Record<string, string> =>
  isObject(body) && typeof body.version === 'number' ? { etag: `"${body.version}"` } : {};

/** Kept for a repeat, as plain JSON: what is shown once is not stored. */
const withoutSecrets = ({ spec }: Route, answered: Answer): Answer => {
  const body: unknown = JSON.parse(JSON.stringify(answered.body));
  if (isObject(body)) for (const secret of spec.secrets ?? []) delete body[secret];
  return { ...answered, body };
};
