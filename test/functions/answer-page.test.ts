import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/answer-page.ts';
import { ulid } from '../../shared/domain/id.ts';
import type { StoredRecord } from '../../shared/domain/records.ts';
import type { HttpEvent, HttpReply } from '../../shared/edge/http-event.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { deriveToken } from '../../shared/workflow/paging/links.ts';
import { ada, incident } from '../pages/answer-view.ts';
import { testEngine } from '../support/engine.ts';
import { nothingOutside } from '../support/outside.ts';

const KEY = { version: 1, secret: 'a secret of the tests' };
const NOW = '2026-01-05T03:15:00.000Z';
const PHONE = '+15550100123';
const engine = testEngine();
let store: Store;
let alarms: string[];
let drawn = 0;
let incidentId: string;
let path: string;

const desk = (change: Partial<Ports> = {}): Ports => ({
  store,
  clock: { now: () => NOW, pause: async () => undefined },
  newId: () => ulid(Date.parse(NOW), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, ++drawn)),
  newSecret: () => '0'.repeat(64),
  send: async () => ({ handedOver: true, reference: 'r' }),
  armTimer: async () => undefined,
  ...nothingOutside,
  readPage: async () => ({ status: 404, body: '' }),
  secrets: { linkKeys: async () => [KEY], adminKeyHash: async () => '' },
  settings: { publicUrl: 'http://localhost', smsReplies: true, eventsPerMinute: 1, alarmTopics: [] },
  telemetry: {
    count: () => undefined,
    note: () => undefined,
    alarm: (event) => void alarms.push(event),
  },
  ...change,
});

beforeAll(async () => {
  store = (await engine.makeTable()).store;
});
beforeEach(async () => {
  alarms = [];
  drawn += 1;
  incidentId = `inc_${drawn}`;
  path = `/a/${incidentId}/per_ada/${deriveToken(KEY, { incidentId, personId: 'per_ada' })}`;
  const code: StoredRecord = {
    ...{ kind: 'sms-code', phone: PHONE, code: drawn, incidentId, clientId: 'cli_1', personId: 'per_ada' },
    ...{ freeAt: NOW, version: 1 },
  };
  await store.commit([{ put: incident({ id: incidentId }) }, { put: ada }, { put: code }]);
  usePorts(desk());
});

const http = async (method: string, change: Partial<HttpEvent> = {}): Promise<HttpReply> =>
  (await handler({ rawPath: path, requestContext: { http: { method } }, ...change })) as HttpReply;
const tap = (action: string) => http('POST', { body: `action=${action}` });
const stored = () => store.get({ kind: 'incident', id: incidentId });

describe('opening the link', () => {
  it('shows the incident, to be kept by nobody', async () => {
    const { statusCode, body, headers } = await http('GET');
    expect(statusCode).toBe(200);
    expect(body).toContain('Checkout is down');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])('changes nothing by %s', async (method) => {
    const before = await stored();
    await http(method, { rawQueryString: 'action=resolve', body: 'action=resolve' });
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['HEAD', 200],
    ['OPTIONS', 204],
  ])('answers %s with %i and no body', async (method, status) => {
    expect(await http(method)).toMatchObject({ statusCode: status, body: '' });
  });

  it('says which methods there are to whoever tries another', async () => {
    const { statusCode, headers } = await http('PUT');
    expect([statusCode, headers.allow]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
  });
});

describe('a link that is not ours', () => {
  it.each([
    ['another token', () => `/a/${incidentId}/per_ada/1.${'A'.repeat(22)}`],
    ['another person', () => path.replace('per_ada', 'per_bo')],
    ['another incident', () => path.replace(incidentId, 'inc_other')],
    ['no token', () => `/a/${incidentId}/per_ada`],
    ['something else in its place', () => `/a/${incidentId}/per_ada/%00`],
  ])('with %s tells nothing and does nothing', async (_, forged) => {
    const before = await stored();
    for (const method of ['GET', 'POST']) {
      const { statusCode, body } = await http(method, { rawPath: forged(), body: 'action=resolve' });
      expect(statusCode).toBe(404);
      expect(body).not.toContain('Checkout');
    }
    expect(await stored()).toEqual(before);
  });
});

describe('tapping a button', () => {
  it('acknowledges, and says so', async () => {
    const { statusCode, body } = await tap('acknowledge');
    expect([statusCode, (await stored())?.acknowledgedBy]).toEqual([200, 'per_ada']);
    expect(body).toContain('You have acknowledged this incident.');
  });

  it('reads the form also when the gateway encoded it', async () => {
    const body = Buffer.from('action=acknowledge').toString('base64');
    await http('POST', { body, isBase64Encoded: true });
    expect((await stored())?.status).toBe('acknowledged');
  });

  it('says who was faster', async () => {
    const personId = 'fallback';
    const theirs = `/a/${incidentId}/${personId}/${deriveToken(KEY, { incidentId, personId })}`;
    await http('POST', { rawPath: theirs, body: 'action=acknowledge' });
    const { statusCode, body } = await tap('acknowledge');
    expect(statusCode).toBe(200);
    expect(body).toContain('The fallback contact already answered this incident.');
  });

  it('resolves after acknowledging, by the same link; then the link does nothing more', async () => {
    await tap('acknowledge');
    expect((await tap('resolve')).body).toContain('You have resolved this incident.');
    const { statusCode, body } = await tap('acknowledge');
    expect([statusCode, (await stored())?.status]).toEqual([409, 'resolved']);
    expect(body).toContain('This incident is over. Nothing was changed.');
  });

  it.each(['', 'action=', 'action=close', 'x', '{"action":"resolve"}'])(
    'refuses the form %j',
    async (body) => {
      const before = await stored();
      expect((await http('POST', { body })).statusCode).toBe(400);
      expect(await stored()).toEqual(before);
    },
  );
});

it('is a page that says what to do, and an alarm, when it is our fault', async () => {
  const down = async () => {
    throw new Error('down');
  };
  usePorts(desk({ secrets: { linkKeys: down, adminKeyHash: down } }));
  const { statusCode, body } = await tap('acknowledge');
  expect(statusCode).toBe(500);
  expect(body).toContain('try again');
  expect(body).not.toContain('down');
  expect(alarms).toEqual(['answer-page-failed']);
});

describe('a text', () => {
  const texts = (...messages: string[]) =>
    handler({ Records: messages.map((Message) => ({ Sns: { Message, MessageId: randomUUID() } })) } as never);
  const inbound = (messageBody: string) =>
    JSON.stringify({ originationNumber: PHONE, destinationNumber: '+15550100999', messageBody });

  it('answers the incident whose code it names', async () => {
    await texts(inbound(`${drawn}a`));
    expect(await stored()).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'per_ada' });
  });

  it('is thrown back when it cannot be read, after the others were heard', async () => {
    await expect(texts('no JSON', inbound(`${drawn}a`))).rejects.toThrow(/^An inbound text is not/);
    expect((await stored())?.status).toBe('acknowledged');
  });

  it('is thrown back when the store is down, to be delivered again', async () => {
    const get = async () => {
      throw new Error('the store is down');
    };
    usePorts(desk({ store: { ...store, get } }));
    await expect(texts(inbound('1a'))).rejects.toThrow('the store is down');
  });
});
