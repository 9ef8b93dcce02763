import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/answer-notice.ts';
import { Provider, ProviderBody } from '../../shared/domain/directory/provider.ts';
import { ulid } from '../../shared/domain/id.ts';
import { recipientsAt } from '../../shared/domain/proactive/traffic/notice.ts';
import type { TrafficEvent } from '../../shared/domain/proactive/traffic/traffic-event.ts';
import type { HttpEvent } from '../../shared/edge/http-event.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { pageHeaders } from '../../shared/pages/layout.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { deriveToken } from '../../shared/workflow/paging/links.ts';
import { event, providerNotice, sent, services, ticket } from '../pages/planned.ts';
import { testEngine } from '../support/engine.ts';
import { nothingOutside } from '../support/outside.ts';

const KEY = { version: 1, secret: 'a secret of the tests' };
const NOW = '2026-11-17T10:00:00.000Z';
const aggregate = { version: 1, createdAt: NOW, updatedAt: NOW };
const engine = testEngine();
let store: Store;
let alarms: string[];
let drawn = 0;
let id: string;
let path: string;

const host: Provider = Provider.parse({
  ...{ kind: 'provider', id: 'prv_host', ...aggregate, generation: 1 },
  ...ProviderBody.parse({
    name: 'Example Hosting',
    contacts: [{ id: 'desk', name: 'Support desk', way: 'email', address: 'support@example.com' }],
  }),
});
const [desk] = recipientsAt(host);
if (!desk) throw new Error('Nobody can be written to.');

const world = (change: Partial<Ports> = {}): Ports => ({
  store,
  clock: { now: () => NOW, pause: async () => undefined },
  newId: () => ulid(Date.parse(NOW), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, ++drawn)),
  newSecret: () => '0'.repeat(64),
  send: async () => ({ handedOver: true, reference: 'r' }),
  armTimer: async () => undefined,
  ...nothingOutside,
  readPage: async () => {
    throw new Error('Nothing is read here.');
  },
  secrets: { linkKeys: async () => [KEY], adminKeyHash: async () => '' },
  settings: { publicUrl: 'http://localhost', smsReplies: true, eventsPerMinute: 1, alarmTopics: [] },
  telemetry: { count: () => undefined, note: () => undefined, alarm: (what) => void alarms.push(what) },
  ...change,
});

const linkOf = (subjectId: string, recipientId = desk.id): string => {
  const token = deriveToken(KEY, { incidentId: subjectId, personId: recipientId, purpose: 'notice' });
  return `/n/${subjectId}/${recipientId}/${token}`;
};

beforeAll(async () => {
  store = (await engine.makeTable()).store;
  const client = { kind: 'client' as const, id: 'cli_1', ...aggregate, name: 'Harbour Books' };
  const hosted = services.map((service) => ({ put: { ...service, providerId: host.id } }));
  await store.commit([{ put: host }, { put: client }, ...hosted]);
});
beforeEach(async () => {
  alarms = [];
  drawn += 1;
  id = `trf_${drawn}`;
  path = linkOf(id);
  await store.commit([{ put: event({ id }) }, { put: sent({ subjectId: id, to: desk }) }]);
  usePorts(world());
});

const http = (method: string, change: Partial<HttpEvent> = {}) =>
  handler({ rawPath: path, requestContext: { http: { method } }, ...change });
const say = (form: string) => http('POST', { body: form });
const stored = () => store.get({ kind: 'traffic-event', id });
const noticeIn = async () => (await stored())?.notices[0];
const change = async (what: Partial<TrafficEvent>) => {
  const before = await stored();
  if (before) await store.commit([{ put: { ...before, ...what } }]);
};

describe('opening the link', () => {
  it('shows what is planned, to be kept by nobody', async () => {
    const { statusCode, body, headers } = await http('GET');
    expect(statusCode).toBe(200);
    for (const said of ['Black Friday', 'Harbour Books', 'Web shop, Search', '90 %', 'Support desk'])
      expect(body).toContain(said);
    expect(body).not.toContain('Mia Market');
    expect(headers).toMatchObject(pageHeaders());
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])('changes nothing by %s', async (method) => {
    const before = await stored();
    await http(method, { rawQueryString: 'name=Kim', body: 'name=Kim' });
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
    ['another token', () => `/n/${id}/${desk.id}/1.${'A'.repeat(22)}`],
    ['another contact', () => path.replace(desk.id, 'ctc_other')],
    ['another event', () => path.replace(id, 'trf_other')],
    [
      'the token of a page',
      () => path.replace(/[^/]+$/, deriveToken(KEY, { incidentId: id, personId: desk.id })),
    ],
    ['a contact who was never told', () => linkOf(id, 'ctc_never')],
    ['an event that is not there', () => linkOf('trf_gone')],
    ['something that is no subject', () => linkOf('inc_1')],
    ['no token', () => `/n/${id}/${desk.id}`],
    ['something else in its place', () => `/n/${id}/${desk.id}/%00`],
  ])('with %s tells nothing and does nothing', async (_, forged) => {
    const before = await stored();
    for (const method of ['GET', 'POST']) {
      const { statusCode, body } = await http(method, { rawPath: forged(), body: 'name=Kim' });
      expect(statusCode).toBe(404);
      expect(body).not.toContain('Black Friday');
    }
    expect(await stored()).toEqual(before);
    expect(alarms).toEqual([]);
  });
});

describe('tapping the button', () => {
  it('notes who has confirmed, and what they said', async () => {
    const { statusCode, body } = await say('name=Kim&answer=T-4711&seen=3');
    expect(statusCode).toBe(200);
    expect(body).toContain('Your confirmation is recorded');
    expect(body).not.toContain('Confirm</button>');
    expect(await noticeIn()).toMatchObject({
      ...{ state: 'acknowledged', acknowledgedBy: 'Kim', answer: 'T-4711', acknowledgedAt: NOW },
    });
  });

  it('needs no words, and reads the form also when the gateway encoded it', async () => {
    const { statusCode } = await http('POST', {
      body: Buffer.from('name=').toString('base64'),
      isBase64Encoded: true,
    });
    expect(statusCode).toBe(200);
    expect(await noticeIn()).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Support desk' });
  });

  it('twice is noting once', async () => {
    await say('name=Kim&answer=T-4711');
    const before = await stored();
    const { statusCode, body } = await say('name=Lee');
    expect(statusCode).toBe(200);
    expect(body).toContain('You already confirmed this');
    expect(await noticeIn()).toEqual(before?.notices[0]);
  });

  it('adds a number that comes later, and keeps who noted it first', async () => {
    await say('name=Kim');
    const { statusCode, body } = await say('answer=T-4711&seen=3');
    expect(statusCode).toBe(200);
    expect(body).toContain('Your answer is recorded');
    expect(await noticeIn()).toMatchObject({ acknowledgedBy: 'Kim', answer: 'T-4711' });
  });

  it('says so when it no longer affects them', async () => {
    await change({ notices: [providerNotice({ state: 'withdrawn' })] });
    const { statusCode, body } = await say('name=Kim');
    expect([statusCode, (await noticeIn())?.state]).toEqual([409, 'withdrawn']);
    expect(body).toContain('no longer affects you');
  });

  it('notes nothing that has moved since it was looked at, and shows it as it is now', async () => {
    const { statusCode, body } = await say('name=Kim&seen=2');
    expect(statusCode).toBe(409);
    expect(body).toContain('this changed while the page was open');
    expect(body).toContain('name="seen" value="3"');
    expect((await noticeIn())?.state).toBe('sent');
  });

  it.each([
    ['cancelled', 'this was cancelled'],
    ['over', 'this is over'],
  ] as const)('says so when it is %s', async (status, words) => {
    await change({ status });
    const before = await stored();
    const { statusCode, body } = await say('name=Kim');
    expect(statusCode).toBe(409);
    expect(body).toContain(words);
    expect(await stored()).toEqual(before);
  });

  it('takes no more than a form holds', async () => {
    const { statusCode, body } = await say(`name=${'x'.repeat(201)}`);
    expect([statusCode, (await noticeIn())?.state]).toEqual([400, 'sent']);
    expect(body).toContain('too long');
  });
});

it('notes the answer to a question to a provider', async () => {
  const { ticket: asked } = ticket();
  await store.commit([{ put: asked }, { put: sent({ subjectId: asked.id, to: desk, generation: 1 }) }]);
  path = linkOf(asked.id);
  expect((await http('GET')).body).toContain('Is the database being moved?');
  expect((await say('name=Kim&answer=T-9')).statusCode).toBe(200);
  expect(await store.get({ kind: 'provider-ticket', id: asked.id })).toMatchObject({
    ...{ status: 'answered', reference: 'T-9' },
  });
});

describe('the calendar of a client', () => {
  const calendar = (clientId = 'cli_1', suffix = '.ics') => {
    const token = deriveToken(KEY, { incidentId: clientId, personId: 'calendar', purpose: 'calendar' });
    return `/n/${clientId}/calendar/${token}${suffix}`;
  };

  it('holds what is planned', async () => {
    const { statusCode, headers, body } = await http('GET', { rawPath: calendar() });
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      ...{ 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'no-store' },
    });
    expect(body).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(body).toMatch(/SUMMARY:.*Black Friday/);
  });

  it.each([
    ['another token', () => `/n/cli_1/calendar/1.${'A'.repeat(22)}.ics`],
    ['another client', () => calendar().replace('cli_1', 'cli_2')],
    ['a client that is gone', () => calendar('cli_gone')],
    ['no ending', () => calendar('cli_1', '')],
  ])('is not there with %s', async (_, rawPath) => {
    expect((await http('GET', { rawPath: rawPath() })).statusCode).toBe(404);
  });

  it('cannot be answered', async () => {
    expect((await http('POST', { rawPath: calendar() })).statusCode).toBe(405);
  });
});

it('is a page that says what to do, and an alarm, when it is our fault', async () => {
  const down = async () => {
    throw new Error('down');
  };
  usePorts(world({ secrets: { linkKeys: down, adminKeyHash: down } }));
  const { statusCode, body } = await say('name=Kim');
  expect(statusCode).toBe(500);
  expect(body).toContain('try again');
  expect(body).not.toContain('down');
  expect(alarms).toEqual(['answer-notice-failed']);
});
