import type { APIGatewayProxyEventV2, SNSEvent } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { openFiles } from '../../infra/local/files.ts';
import { localRoutes } from '../../infra/local/local-routes.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import type { Letter } from '../../shared/pages/mailbox.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';

const NOW = '2026-03-02T12:00:00.000Z';
const letters = ['pag_2', 'pag_1'].map(
  (id): Letter => ({
    id,
    at: NOW,
    channel: 'email',
    to: 'ada@example.com',
    subject: '<b>',
    text: 'text',
    links: [],
  }),
);

const advanced: string[] = [];
const texts: SNSEvent[] = [];
const clock = { now: () => NOW, pause: async () => {} };
const answer = localRoutes({
  clock,
  mailbox: { put: async () => {}, newest: async (limit) => letters.slice(0, limit), close: async () => {} },
  advance: async (duration) => {
    advanced.push(duration);
    return '2026-03-02T12:30:00.000Z';
  },
  files: openFiles({
    ...{ folder: '/nowhere', url: 'http://localhost:3000', clock },
    secrets: { linkKeys: async () => [{ version: 1, secret: 'a-secret-of-this-test' }] },
  }),
  hearText: async (event) => void texts.push(event),
});

beforeEach(() => {
  advanced.length = 0;
  texts.length = 0;
  usePorts({ clock, newId: () => '0'.repeat(26) } as unknown as Ports);
});

interface Asked {
  host?: string;
  body?: unknown;
  type?: string;
}

const ask = async (method: string, target: string, { host = 'localhost:3000', body, type }: Asked = {}) => {
  const [rawPath = '', rawQueryString = ''] = target.split('?');
  const reply = await answer({
    rawPath,
    rawQueryString,
    headers: { host, 'content-type': type ?? 'application/json' },
    requestContext: { http: { method } },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  } as unknown as APIGatewayProxyEventV2);
  return { ...reply, json: () => JSON.parse(reply.body) };
};

describe('GET /local/messages', () => {
  test('answers what was sent, newest first', async () => {
    expect((await ask('GET', '/local/messages')).json()).toEqual({ items: letters });
  });

  test('answers no more than was asked for', async () => {
    expect((await ask('GET', '/local/messages?limit=1')).json().items).toHaveLength(1);
  });

  test.for(['limit=0', 'limit=x', 'offset=1'])('refuses ?%s', async (query) => {
    const reply = await ask('GET', `/local/messages?${query}`);
    expect(reply.statusCode).toBe(400);
    expect(reply.json().errors[0].path).toMatch(/^query\./);
  });
});

test('the mailbox is a page that runs no script', async () => {
  const reply = await ask('GET', '/local/mailbox');
  expect(reply.statusCode).toBe(200);
  expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
  expect(reply.body).toContain('&lt;b&gt;');
});

describe('POST /local/clock', () => {
  test('moves the clock, and answers what time it is then', async () => {
    const reply = await ask('POST', '/local/clock', { body: { advance: 'PT30M' } });
    expect([reply.statusCode, reply.json(), advanced]).toEqual([
      200,
      { now: '2026-03-02T12:30:00.000Z' },
      ['PT30M'],
    ]);
  });

  test.for([
    {},
    { advance: 'half an hour' },
    { advance: '-PT1M' },
    { advance: 'P367D' },
    { advance: 'PT1M', to: NOW },
  ])('refuses %j and moves nothing', async (body) => {
    const reply = await ask('POST', '/local/clock', { body });
    expect(reply.statusCode).toBe(400);
    expect(reply.json().errors[0].path).toMatch(/^body\.(advance|to)$/);
    expect(advanced).toEqual([]);
  });
});

describe('POST /local/sms', () => {
  test('brings what the topic of a two-way number would', async () => {
    const reply = await ask('POST', '/local/sms', { body: { from: '+15550100101', text: '1a' } });
    expect(reply.statusCode).toBe(200);
    const [record] = texts[0]?.Records ?? [];
    expect(JSON.parse(record?.Sns.Message ?? '')).toMatchObject({
      originationNumber: '+15550100101',
      destinationNumber: '+15550100000',
      messageBody: '1a',
      inboundMessageId: reply.json().id,
    });
  });

  test.for([{ from: '555', text: '1a' }, { from: '+15550100101' }])('refuses %j', async (body) => {
    expect((await ask('POST', '/local/sms', { body })).statusCode).toBe(400);
    expect(texts).toEqual([]);
  });
});

describe('what is for this machine only', () => {
  test.for(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST'])(
    'answers as %s',
    async (host) => {
      expect((await ask('GET', '/local/messages', { host })).statusCode).toBe(200);
    },
  );

  test.for(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:3000', ''])(
    'does not answer as "%s", as another site would have a browser ask',
    async (host) => {
      expect((await ask('GET', '/local/messages', { host })).statusCode).toBe(403);
      expect((await ask('GET', '/local/mailbox', { host })).statusCode).toBe(403);
      expect((await ask('POST', '/local/clock', { host, body: { advance: 'PT1M' } })).statusCode).toBe(403);
      expect(advanced).toEqual([]);
    },
  );

  test('takes nothing that a form of another site could post', async () => {
    const asked = { body: { advance: 'PT1M' }, type: 'text/plain' };
    expect((await ask('POST', '/local/clock', asked)).statusCode).toBe(415);
    expect(advanced).toEqual([]);
  });

  test.for([
    ['GET', '/local/clock', 405],
    ['DELETE', '/local/messages', 405],
    ['GET', '/local/nothing', 404],
  ] as const)('answers %s %s with %i', async ([method, path, status]) => {
    expect((await ask(method, path)).statusCode).toBe(status);
  });
});
