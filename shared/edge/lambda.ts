import middy, { type MiddlewareObj } from '@middy/core';
import type { Context, APIGatewayProxyStructuredResultV2 as LooseReply } from 'aws-lambda';
import { Refused } from '../domain/refused.ts';
import { type HttpEvent, type HttpReply, headerOf } from './http-event.ts';
import { problemOf } from './problem.ts';
import { correlationId, flushMetrics, inInvocation, telemetry } from './telemetry.ts';

/** What Lambda says about an invocation; one machine says as much as it likes. */
export type InvocationContext = Partial<Context>;

/** A function as it is exported, invoked and tested: with everything around it. */
export type Wrapped<Event, Result> = (event: Event, context?: InvocationContext) => Promise<Result>;

/** A function behind HTTP: refusals become problems, and whatever else is thrown a bare 500 and an alarm. */
export const httpFunction = <Event extends HttpEvent = HttpEvent>(
  name: string,
  handle: (event: Event) => Promise<HttpReply | LooseReply>,
): Wrapped<Event, HttpReply> => {
  const finishing = async (event: Event): Promise<HttpReply> => finished(event, await handle(event));
  const stacked = middy(finishing)
    .use(measured as MiddlewareObj<Event, HttpReply>)
    .use(refusing as MiddlewareObj<Event, HttpReply>);
  return (event, context = {}) => {
    const invocation = { function: name, correlationId: correlationOf(event, context) };
    return inInvocation(invocation, () => stacked(event, context as Context));
  };
};

/** A function behind the stream, a schedule or the bus: what it throws is logged, and always thrown again. */
export const backgroundFunction = <Event, Result>(
  name: string,
  handle: (event: Event, context: InvocationContext) => Promise<Result>,
): Wrapped<Event, Result> => {
  const stacked = middy((event: Event, context: Context) => handle(event, context))
    .use(measured as MiddlewareObj<Event, Result>)
    .use(rethrown as MiddlewareObj<Event, Result>);
  return (event, context = {}) => {
    const invocation = { function: name, correlationId: context.awsRequestId ?? 'none' };
    return inInvocation(invocation, () => stacked(event, context as Context));
  };
};

const SAFE_ID = /^[\w.:=/+-]{1,128}$/;

/** What the caller calls this request, so that their log and ours can be laid side by side; else the gateway's id. */
const correlationOf = (event: HttpEvent, context: InvocationContext): string => {
  const given = headerOf(event, 'x-correlation-id');
  if (given !== undefined && SAFE_ID.test(given)) return given;
  return event.requestContext.requestId ?? context.awsRequestId ?? 'none';
};

const measured: MiddlewareObj = { after: flushMetrics, onError: flushMetrics };

const rethrown: MiddlewareObj = {
  onError: ({ error }) => telemetry.alarm('invocation.failed', error),
};

const refusing: MiddlewareObj<HttpEvent, HttpReply> = {
  onError: (request) => {
    if (request.error instanceof Refused) telemetry.note('request.refused', { code: request.error.code });
    else telemetry.alarm('request.failed', request.error);
    request.response = finished(request.event, problemOf(request.error));
  },
};

/** Nothing that the API says may be kept by what lies between, or taken for anything else than it is. */
const finished = (event: HttpEvent, reply: HttpReply | LooseReply): HttpReply => ({
  ...reply,
  statusCode: reply.statusCode ?? 200,
  headers: {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-correlation-id': correlationId() ?? 'none',
    ...texts(reply.headers),
  },
  body: event.requestContext.http.method === 'HEAD' ? '' : (reply.body ?? ''),
});

const texts = (headers: LooseReply['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
