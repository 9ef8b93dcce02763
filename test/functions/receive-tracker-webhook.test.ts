import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../functions/receive-tracker-webhook.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { type ActionDesk, actionDesk } from '../support/action-desk.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { type Github, githubInMemory } from '../support/github.ts';
import { type TrackerDesk, trackerDesk } from '../support/tracker-desk.ts';

const desks = deskOn(testEngine());
let desk: Desk;
let items: ActionDesk;
let github: Github;
let tracker: TrackerDesk;
let id: string;

beforeEach(async () => {
  desk = await desks();
  items = await actionDesk(desk);
  github = githubInMemory(() => desk.ports.clock.now());
  tracker = await trackerDesk(desk, github, { linksAll: true });
  id = (await items.make()).id;
  items.heard();
  github.sent.length = 0;
  await desk.pass('PT1M');
  usePorts(desk.ports);
});

const sign = (body: string | Uint8Array, secret = tracker.tracker.webhook.secret): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

interface Sending {
  to?: string;
  headers?: Record<string, string>;
  method?: string;
  base64?: boolean;
}

const send = async (
  body: string,
  { to = tracker.tracker.id, headers = {}, method = 'POST', base64 = false }: Sending = {},
) => {
  const reply = await handler({
    rawPath: `/v1/trackers/${to}/events`,
    requestContext: { http: { method } },
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'issues',
      'x-hub-signature-256': sign(body),
      ...headers,
    },
    body: base64 ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded: base64,
  });
  return { status: reply.statusCode, body: JSON.parse(reply.body) };
};

/** What GitHub would send when the item's issue is closed. */
const closing = (): string => {
  github.does('closed', 1, { state: 'closed' });
  return JSON.stringify(github.sent[0]?.payload);
};

test('what is signed right is taken, as text and as bytes, and a replay changes nothing', async () => {
  const body = closing();
  expect(await send(body)).toEqual({ status: 202, body: { reason: 'done' } });
  const { version } = await items.item(id);
  expect(await send(body, { base64: true })).toEqual({ status: 202, body: { reason: 'known-already' } });
  expect((await items.item(id)).version).toBe(version);
});

test('of two that come at once, in the wrong order, the newer one counts', async () => {
  const closed = closing();
  await desk.pass('PT1M');
  github.does('reopened', 1, { state: 'open' });
  const reopened = JSON.stringify(github.sent[1]?.payload);
  const { commit } = desk.ports.store;
  let meanwhile: (() => Promise<unknown>) | undefined = () => send(reopened);
  desk.ports.store.commit = async (writes) => {
    const act = meanwhile;
    meanwhile = undefined;
    await act?.();
    return commit(writes);
  };
  expect((await send(closed)).body.reason).toBe('older-than-known');
  expect(await items.item(id)).toMatchObject({ status: 'open', link: { state: 'open' } });
});

describe('what is not signed right is refused in the same words as an unknown tracker, and changes nothing', () => {
  test.each<[string, (body: string) => Sending]>([
    ['another secret', (body) => ({ headers: { 'x-hub-signature-256': sign(body, 'another') } })],
    [
      'the secret that signs for nobody',
      (body) => ({ headers: { 'x-hub-signature-256': sign(body, 'nobody') } }),
    ],
    ['a signature of another body', () => ({ headers: { 'x-hub-signature-256': sign('{}') } })],
    ['half a signature', (body) => ({ headers: { 'x-hub-signature-256': sign(body).slice(0, 40) } })],
    ['SHA-1', (body) => ({ headers: { 'x-hub-signature-256': sign(body).replace('sha256', 'sha1') } })],
    ['no signature', () => ({ headers: { 'x-hub-signature-256': '' } })],
    [
      'a signature where Jira has it',
      (body) => ({ headers: { 'x-hub-signature-256': '', 'x-hub-signature': sign(body) } }),
    ],
    ['an unknown tracker', () => ({ to: 'trk_01KE6F3G000000000000000000' })],
    [
      'an unknown tracker, signed for nobody',
      (body) => ({ to: 'trk_x', headers: { 'x-hub-signature-256': sign(body, 'nobody') } }),
    ],
  ])('%s', async (_case, sending) => {
    const body = closing();
    expect(await send(body, sending(body))).toMatchObject({
      status: 401,
      body: {
        code: 'unauthenticated',
        detail: expect.stringContaining('does not match any tracker'),
      },
    });
    expect((await items.item(id)).status).toBe('open');
  });

  test('a tracker whose secrets are lost', async () => {
    await desk.ports.vault.forget(`trackers/${tracker.tracker.id}`);
    expect((await send(closing())).status).toBe(401);
  });
});

test.each<[string, string, number, Sending?]>([
  ['a ping', '{"zen":"Keep it simple."}', 202, { headers: { 'x-github-event': 'ping' } }],
  [
    'an event of another kind',
    '{"action":"created"}',
    202,
    { headers: { 'x-github-event': 'issue_comment' } },
  ],
  ['an event without a kind', '{}', 202, { headers: { 'x-github-event': '' } }],
  ['an issue without its fields', '{"action":"closed","issue":{"number":1}}', 202],
  ['a list', '[]', 202],
  ['no JSON', '{"action":', 400],
  ['nothing', '', 400],
  ['JSON that is nested too deep', `${'['.repeat(40)}${']'.repeat(40)}`, 400],
  ['JSON that reaches for prototypes', '{"__proto__":{"admin":true}}', 400],
  ['half a character', '{"action":"\\ud800"}', 400],
  ['a form', 'payload=%7B%7D', 415, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ['more than 1 MB', `{"a":"${'x'.repeat(1_048_576)}"}`, 413],
  ['another method', '{}', 405, { method: 'GET' }],
])('%s is answered by what it is, and changes nothing', async (_case, body, status, sending = {}) => {
  const before = await items.item(id);
  const reply = await send(body, sending);
  expect(reply.status).toBe(status);
  expect(status === 202 ? reply.body.reason : reply.body.code).toMatch(/^[a-z-]+$/);
  expect(await items.item(id)).toEqual(before);
});

test('an event of another repository, or of an issue that nobody knows, is nothing to us', async () => {
  const body = closing();
  expect(
    (await send(body.replace('"full_name":"example/shop', '"full_name":"example/other'))).body.reason,
  ).toBe('another-repository');
  expect((await send(body.replace('"number":1', '"number":7'))).body.reason).toBe('not-linked');
  expect((await items.item(id)).status).toBe('open');
});
