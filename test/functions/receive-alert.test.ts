import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/receive-alert.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { testEngine } from '../support/engine.ts';
import { type Heard, intakePorts, KEYS, posted, seed, TOPIC } from '../support/intake-desk.ts';
import { certificate, signed } from '../support/sns-signer.ts';

const engine = testEngine();
let store: Store;
let heard: Heard;
let ports: Ports;
let place = 0;

const startWith = (settings: Partial<Ports['settings']> = {}, over: Partial<Store> = {}): void => {
  [ports, heard] = intakePorts({ ...store, ...over }, settings);
  usePorts(ports);
};
const post = async (path: string, body: unknown, contentType?: string) => {
  const { statusCode, headers, body: text } = await handler(posted(path, body, contentType));
  return { status: statusCode, headers, body: JSON.parse(text) };
};
const down = async (): Promise<never> => {
  throw new Error('the table is down');
};

/** A trigger that no other test sends. */
const trigger = (change: object = {}) => ({
  ...{ routing_key: KEYS.pagerduty, event_action: 'trigger', dedup_key: `disk-${place}` },
  payload: { summary: 'Disk full', source: 'shop-1', severity: 'critical' },
  ...change,
});
const alertmanagerPath = `/v1/alerts/alertmanager/${KEYS.alertmanager}`;
const notification = (names: string[]) => ({
  version: '4',
  alerts: names.map((name) => ({
    ...{ status: 'firing', labels: { alertname: name }, startsAt: '2026-01-05T08:00:00Z' },
    fingerprint: `${name}-${place}`,
  })),
});

beforeAll(async () => {
  store = (await engine.makeTable()).store;
  await seed(store);
});
beforeEach(() => {
  place += 1;
  startWith();
});

describe('PagerDuty', () => {
  it('opens an incident, and says so again when the event comes again', async () => {
    const first = await post('/v2/enqueue', trigger());
    const second = await post('/v2/enqueue', trigger());
    const body = { status: 'success', message: 'Event processed', dedup_key: `disk-${place}` };
    expect(first).toMatchObject({ status: 202, body });
    expect(second).toMatchObject({ status: 202, body });
    expect(heard.counts).toMatchObject({ AlertsAccepted: 2, IncidentsOpened: 1 });
  });

  it('takes JSON that curl calls a form, base64 that the gateway made of it, and a slash at the end', async () => {
    expect((await post('/v2/enqueue/', trigger(), 'application/x-www-form-urlencoded')).status).toBe(202);
    const event = posted('/v2/enqueue', trigger());
    const encoded = {
      ...event,
      body: Buffer.from(event.body ?? '').toString('base64'),
      isBase64Encoded: true,
    };
    expect((await handler(encoded)).statusCode).toBe(202);
  });

  it('names a trigger that has no name', async () => {
    const { body } = await post('/v2/enqueue', trigger({ dedup_key: undefined }));
    expect(body.dedup_key).toMatch(/^[0-9A-Z]{26}$/);
  });

  it('accepts a resolve of what is not open', async () => {
    const resolve = { routing_key: KEYS.pagerduty, event_action: 'resolve', dedup_key: 'nothing' };
    expect(await post('/v2/enqueue', resolve)).toMatchObject({ status: 202, body: { dedup_key: 'nothing' } });
  });

  it('keeps a change', async () => {
    const change = { routing_key: KEYS.pagerduty, payload: { summary: `Deployed ${place}` } };
    const reply = await post('/v2/change/enqueue', change);
    expect(reply).toMatchObject({ status: 202, body: { message: 'Change event processed' } });
    const { items } = await store.list({ of: 'change', clientId: 'cli_1' }, { limit: 5 });
    expect(items.map(({ summary }) => summary)).toContain(`Deployed ${place}`);
  });

  it.each([
    ['an unknown key', 'X'.repeat(32)],
    ['the key of another source', KEYS.generic],
  ])('refuses %s in PagerDuty’s shape', async (_, routing_key) => {
    const { status, body } = await post('/v2/enqueue', trigger({ routing_key }));
    expect(status).toBe(400);
    expect(body).toMatchObject({ status: 'invalid event', message: expect.any(String) });
    expect(body.errors).toEqual([expect.stringMatching(/^routing_key: is (not )?the key of an integration/)]);
  });

  it.each([
    ['no JSON', '{', 400],
    ['an event without anything', '{}', 400],
    ['no body', '', 400],
    ['more than 512 KB', 'x'.repeat(524_289), 413],
  ])('refuses %s in PagerDuty’s shape', async (_, body, status) => {
    const reply = await post('/v2/enqueue', body);
    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({ status: 'invalid event', message: expect.any(String) });
    expect(heard.counts.AlertsRefused).toBe(1);
  });

  it('asks a sender over its limit to wait', async () => {
    startWith({ eventsPerMinute: 2 });
    const statuses = [];
    for (const _ of [1, 2, 3]) statuses.push((await post('/v2/enqueue', trigger())).status);
    expect(statuses).toEqual([202, 202, 429]);
  });

  it.each<[string, Partial<Store>]>([
    ['read', { get: down }],
    ['written', { commit: down }],
  ])('asks to come again when nothing can be %s, and raises an alarm', async (_, broken) => {
    startWith({}, broken);
    const { status, headers, body } = await post('/v2/enqueue', trigger());
    expect({ status, retry: headers['retry-after'] }).toEqual({ status: 503, retry: '5' });
    expect(body).toMatchObject({ status: 'unavailable' });
    expect(JSON.stringify(body)).not.toContain('table is down');
    expect(heard.alarms).toEqual(['alert.not-taken']);
    expect(heard.counts.AlertsAccepted).toBeUndefined();
  });
});

describe('Alertmanager', () => {
  it('opens an incident for every alert of a payload, however many', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `Alert${index}`);
    const { status, body } = await post(alertmanagerPath, notification(names));
    expect({ status, body }).toEqual({ status: 200, body: { received: 30, reasons: { first: 30 } } });
    expect(heard.counts).toMatchObject({ AlertsAccepted: 30, IncidentsOpened: 30 });
  });

  it('takes the others when one fails, and asks for all of them again', async () => {
    let commits = 0;
    startWith({}, { commit: (writes) => (++commits === 1 ? down() : store.commit(writes)) });
    const first = await post(alertmanagerPath, notification(['One', 'Two', 'Three']));
    const again = await post(alertmanagerPath, notification(['One', 'Two', 'Three']));
    expect(first).toMatchObject({ status: 503, headers: { 'retry-after': expect.any(String) } });
    expect(again.body).toEqual({ received: 3, reasons: { first: 1, duplicate: 2 } });
  });

  it('is throttled with 503, because it would give up after a 429', async () => {
    startWith({ eventsPerMinute: 1 });
    expect((await post(alertmanagerPath, notification(['One']))).status).toBe(200);
    expect((await post(alertmanagerPath, notification(['One']))).status).toBe(503);
  });
});

describe('CloudWatch by SNS', () => {
  const path = `/v1/alerts/cloudwatch/${KEYS.cloudwatch}`;
  const sent = (NewStateValue: string) => {
    const AlarmArn = `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:Shop${place}`;
    return signed({
      ...{ Type: 'Notification' as const, MessageId: 'm', TopicArn: TOPIC, SignatureVersion: '1' },
      ...{ Timestamp: '2026-01-05T09:00:00.000Z', Subject: 'ALARM' },
      Message: JSON.stringify({ AlarmName: 'Shop', AlarmArn, NewStateValue }),
      SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem',
    });
  };
  const post = (body: object) => handler(posted(path, body, 'text/plain; charset=UTF-8'));

  beforeEach(() => void vi.stubGlobal('fetch', async () => new Response(certificate)));
  afterEach(() => vi.unstubAllGlobals());

  it('opens an incident, and ignores missing data', async () => {
    expect(await post(sent('ALARM'))).toMatchObject({ statusCode: 200, body: '{"reason":"first"}' });
    const reply = await post(sent('INSUFFICIENT_DATA'));
    expect(reply).toMatchObject({ statusCode: 200, body: '{"reason":"insufficient-data"}' });
    expect(heard.counts).toMatchObject({ AlertsAccepted: 1 });
  });

  it('takes nothing that SNS did not sign, nor from topics that are not expected', async () => {
    expect((await post({ ...sent('ALARM'), MessageId: 'other' })).statusCode).toBe(403);
    startWith({ alarmTopics: [] });
    expect((await post(sent('ALARM'))).statusCode).toBe(403);
    expect(heard.counts.AlertsAccepted).toBeUndefined();
  });
});

describe('a path with a key in it', () => {
  it('takes what curl sends, and tells the incident', async () => {
    const path = `/v1/alerts/generic/${KEYS.generic}`;
    const form = 'application/x-www-form-urlencoded';
    const { status, body } = await post(path, `summary=Backup+${place}+failed`, form);
    expect({ status, ...body }).toEqual({
      ...{ status: 202, reason: 'first', dedupKey: expect.stringMatching(/^auto:1:[0-9A-Z]{16}$/) },
      incidentId: expect.stringMatching(/^inc_/),
    });
    const again = await post(`${path}?summary=Backup+${place}+failed`, '');
    expect(again.body).toEqual({ ...body, reason: 'duplicate' });
  });

  it.each([
    ['a key that nobody has', '/v1/alerts/generic/unknown'],
    ['the key of another source', `/v1/alerts/generic/${KEYS.alertmanager}`],
    ['a source that does not exist', `/v1/alerts/nagios/${KEYS.generic}`],
    ['a source that has its own path', `/v1/alerts/pagerduty/${KEYS.pagerduty}`],
    ['another path', '/v1/alerts'],
  ])('is not found for %s', async (_, path) => {
    const { status, headers, body } = await post(path, 'Backup failed', 'text/plain');
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 404,
      type: 'application/problem+json',
    });
    expect(body.detail).toEqual(expect.any(String));
  });

  it('names every field at fault', async () => {
    const { status, body } = await post(`/v1/alerts/generic/${KEYS.generic}`, { severity: 'bad', extra: 1 });
    expect(status).toBe(400);
    expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      ...['body.extra', 'body.severity'],
    ]);
  });
});

it('takes only what is posted', async () => {
  const event = { ...posted('/v2/enqueue', ''), requestContext: { http: { method: 'GET' } } };
  expect((await handler(event)).statusCode).toBe(405);
});
