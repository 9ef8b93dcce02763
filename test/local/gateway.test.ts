import { request as send } from 'node:http';
import { connect } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Gateway, openGateway } from '../../infra/local/gateway.ts';

const MEGABYTE = 1024 * 1024;

let gateway: Gateway;
let url: string;
const events: APIGatewayProxyEventV2[] = [];
const last = () => events.at(-1);

beforeEach(async () => {
  events.length = 0;
  gateway = await openGateway(0);
  url = `http://127.0.0.1:${gateway.port}`;
});
afterEach(() => gateway.close());

/** Answers every request with 201 and what it was. */
const echo = async (event: APIGatewayProxyEventV2) => {
  events.push(event);
  return { statusCode: 201, headers: { 'x-path': event.rawPath }, body: 'done' };
};

describe('a request on one machine', () => {
  beforeEach(() => gateway.open(echo));

  test('becomes an event as API Gateway makes it, and its answer a reply', async () => {
    const reply = await fetch(`${url}/v1/clients/a%20b?limit=2&x=1&x=2`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8', Cookie: 'a=1; b=2' },
      body: '{"name":"Ünder"}',
    });
    expect([reply.status, reply.headers.get('x-path'), await reply.text()]).toEqual([
      201,
      '/v1/clients/a%20b',
      'done',
    ]);
    expect(last()).toMatchObject({
      version: '2.0',
      rawPath: '/v1/clients/a%20b',
      rawQueryString: 'limit=2&x=1&x=2',
      queryStringParameters: { limit: '2', x: '1,2' },
      cookies: ['a=1', 'b=2'],
      headers: { 'content-type': 'application/json; charset=utf-8' },
      requestContext: { http: { method: 'POST', sourceIp: '127.0.0.1' } },
      body: '{"name":"Ünder"}',
      isBase64Encoded: false,
    });
  });

  test.for([
    ['application/json', false],
    ['text/plain', false],
    ['application/problem+json', false],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
  ] as const)('a body of %s is base64: %s', async ([type, isBase64Encoded]) => {
    await fetch(url, { method: 'POST', headers: { 'content-type': type }, body: 'a=1' });
    const body = isBase64Encoded ? Buffer.from('a=1').toString('base64') : 'a=1';
    expect(last()).toMatchObject({ body, isBase64Encoded });
  });

  test('that is a HEAD gets the length and no body', async () => {
    const reply = await fetch(url, { method: 'HEAD' });
    expect([reply.headers.get('content-length'), await reply.text()]).toEqual(['4', '']);
    expect(last()?.requestContext.http.method).toBe('HEAD');
  });

  test('without a body has none', async () => {
    await fetch(url);
    expect(last()).not.toHaveProperty('body');
    expect(last()).not.toHaveProperty('cookies');
  });

  test('may have 10 MB', async () => {
    const reply = await fetch(url, { method: 'POST', body: Buffer.alloc(10 * MEGABYTE) });
    expect(reply.status).toBe(201);
  });

  test('over 10 MB is refused before it was sent', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-length': 10 * MEGABYTE + 1 };
      const request = send(url, { method: 'POST', headers }, (reply) => resolve(reply.statusCode));
      request.on('error', reject);
      request.write('a');
    });
    expect([status, events]).toEqual([413, []]);
  });

  test('over 10 MB that does not say so is refused as soon as it is', async () => {
    const status = await new Promise((resolve, reject) => {
      const request = send(url, { method: 'POST' }, (reply) => {
        resolve(reply.statusCode);
        request.destroy();
      });
      request.on('error', reject);
      const chunk = Buffer.alloc(MEGABYTE);
      const more = (): void => {
        if (!request.destroyed) request.write(chunk, more);
      };
      more();
    });
    expect([status, events]).toEqual([413, []]);
  });

  test('whose sender goes away disturbs nobody', async () => {
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    await new Promise<void>((resolve) => void socket.once('connect', () => resolve()));
    socket.destroy();
    expect((await fetch(url)).status).toBe(201);
  });
});

describe('the gateway', () => {
  test('answers 500, and no more, when a function fails in a way that nobody foresaw', async () => {
    gateway.open(async () => {
      throw new Error('a secret');
    });
    const reply = await fetch(url);
    expect(reply.status).toBe(500);
    expect(reply.headers.get('content-type')).toBe('application/problem+json');
    expect(await reply.text()).not.toContain('secret');
  });

  test('lets requests wait until it is open', async () => {
    const waiting = fetch(url);
    gateway.open(echo);
    expect((await waiting).status).toBe(201);
  });

  test('answers what is under way before it closes', async () => {
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
    gateway.open(async () => {
      arrive();
      await finished;
      return { statusCode: 200, headers: {}, body: 'late' };
    });
    const reply = fetch(url);
    await arrived;
    const closed = gateway.close();
    finish();
    expect(await (await reply).text()).toBe('late');
    await closed;
    await expect(fetch(url)).rejects.toThrow();
  });

  test('that never opened tells those who wait to come again', async () => {
    const waiting = fetch(url);
    await new Promise((resolve) => setImmediate(resolve));
    await fetch(url, { signal: AbortSignal.timeout(50) }).catch(() => {});
    await gateway.close();
    expect((await waiting).status).toBe(503);
  });

  test('refuses a port that is taken, and says what to do', async () => {
    await expect(openGateway(gateway.port)).rejects.toThrow(
      `Port ${gateway.port} is taken: stop what listens there, or set PORT to another port.`,
    );
  });
});
