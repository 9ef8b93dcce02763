import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { isOfFile } from './file-routes.ts';

/** API Gateway's event for a request, payload version 2.0, as far as anything of it is read. */
export const eventOf = (request: IncomingMessage, body: Buffer): APIGatewayProxyEventV2 => {
  const [rawPath, rawQueryString] = split(request.url ?? '/');
  const { cookie, ...headers } = request.headers as Record<string, string>;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookie ? { cookies: cookie.split(/; */) } : {}),
    headers,
    ...(rawQueryString ? { queryStringParameters: queryOf(rawQueryString) } : {}),
    requestContext: contextOf(request, rawPath),
    // A file is taken as it is, whatever it says it is.
    ...bodyOf(body, isOfFile(rawPath) ? '' : headers['content-type']),
  };
};

const split = (target: string): [path: string, query: string] => {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
};

type RequestContext = APIGatewayProxyEventV2['requestContext'];

const contextOf = (request: IncomingMessage, path: string): RequestContext => {
  const now = Date.now();
  return {
    accountId: '000000000000',
    apiId: 'local',
    domainName: request.headers.host ?? 'localhost',
    domainPrefix: 'local',
    http: {
      method: request.method ?? 'GET',
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey: '$default',
    stage: '$default',
    time: new Date(now).toISOString(),
    timeEpoch: now,
  };
};

/** A name that comes more than once has its values joined by commas. */
const queryOf = (raw: string): Record<string, string> => {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(raw)) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
};

const TEXT = /^(text\/|application\/(json|javascript|xml)\b)|\+(json|xml)\b/i;

/** Text stays text; everything else, forms too, is base64, as API Gateway does it. */
const bodyOf = (body: Buffer, type = ''): { body?: string; isBase64Encoded: boolean } => {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = TEXT.test(type);
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
};
