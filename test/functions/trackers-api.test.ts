import { beforeEach, expect, test } from 'vitest';
import { firebreak } from '../../shared/domain/directory/access.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import { changeTracker } from '../../shared/workflow/trackers/crud.ts';
import { type ActionDesk, actionDesk } from '../support/action-desk.ts';
import { type Api, apiOn } from '../support/api.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { type Github, githubInMemory, PROJECT } from '../support/github.ts';

const desks = deskOn(testEngine());
let desk: Desk;
let items: ActionDesk;
let api: Api;
let github: Github;
let clientId: string;

beforeEach(async () => {
  desk = await desks();
  items = await actionDesk(desk);
  api = await apiOn(desk.ports);
  github = githubInMemory(() => desk.ports.clock.now());
  desk.outside(github.httpRequest);
  clientId = desk.cast.client.id;
});

const body = (more: object = {}) => ({
  ...{ clientId, name: 'Shop issues', type: 'github', apiUrl: 'https://api.github.com', project: PROJECT },
  token: github.token,
  ...more,
});
const make = async (more: object = {}) => (await api.ask('POST /v1/trackers', body(more))).body;
const secretsOf = async (id: string) => JSON.parse((await desk.ports.vault.kept(`trackers/${id}`)) ?? 'null');

test('a tracker is made once its token opens the project; what its webhook needs is shown once', async () => {
  const { status, body: made } = await api.ask('POST /v1/trackers', body());
  expect(status).toBe(201);
  expect(made).toMatchObject({ name: 'Shop issues', linksAll: false, version: 1 });
  expect(made.webhook).toEqual({
    url: `https://pages.example.com/v1/trackers/${made.id}/events`,
    secret: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(github.calls).toEqual(['GET ']);
  expect(await secretsOf(made.id)).toEqual({
    ...{ token: github.token, apiUrl: 'https://api.github.com', webhook: made.webhook.secret },
  });
  const shown = await api.ask(`GET /v1/trackers/${made.id}`);
  const listed = await api.ask(`GET /v1/trackers?clientId=${clientId}`);
  const { webhook: _, ...rest } = made;
  expect(shown.body).toMatchObject(rest);
  expect(listed.body.items).toMatchObject([{ id: made.id }]);
  expect(
    JSON.stringify([shown, listed, await desk.ports.store.get({ kind: 'tracker', id: made.id })]),
  ).not.toMatch(new RegExp(`${github.token}|${made.webhook.secret}|webhook`));
});

test.each<[string, object, { path: string; message: unknown }[]]>([
  [
    'a token that is refused',
    { token: 'wrong' },
    [{ path: 'body.token', message: 'The tracker answered 401: Bad credentials.' }],
  ],
  [
    'a repository that is not there',
    { project: 'example/other' },
    [{ path: 'body.project', message: 'The tracker answered 404: Not Found.' }],
  ],
  [
    'a project’s key for GitHub',
    { project: 'OPS' },
    [{ path: 'body.project', message: 'must be owner/repository for GitHub' }],
  ],
  [
    'a way out of the path',
    { project: '../..' },
    [{ path: 'body.project', message: 'must be owner/repository for GitHub' }],
  ],
  [
    'an address with a password in it',
    { apiUrl: 'https://bot:secret@api.github.com' },
    [{ path: 'body.apiUrl', message: expect.stringContaining('without a password') }],
  ],
  [
    'an address with a question',
    { apiUrl: 'https://api.github.com?token=secret' },
    [{ path: 'body.apiUrl', message: expect.stringContaining('without a password') }],
  ],
  [
    'a repository for Jira',
    { type: 'jira' },
    [{ path: 'body.project', message: expect.stringContaining('for Jira') }],
  ],
  ['no token', { token: '' }, [{ path: 'body.token', message: 'must be visible ASCII characters' }]],
  [
    'a token with a line break',
    { token: 'a\nb' },
    [{ path: 'body.token', message: 'must be visible ASCII characters' }],
  ],
  [
    'a client that is not there',
    { clientId: 'cli_none' },
    [{ path: 'body.clientId', message: 'must name an existing client' }],
  ],
])('%s is refused, and nothing is kept', async (_case, more, errors) => {
  const { status, body: refused } = await api.ask('POST /v1/trackers', body(more));
  expect(status).toBe(400);
  expect(refused.errors).toEqual(errors);
  expect((await api.ask(`GET /v1/trackers?clientId=${clientId}`)).body.items).toEqual([]);
});

test('a tracker that cannot be reached is refused with the reason', async () => {
  github.isDown = true;
  const { status, body: refused } = await api.ask('POST /v1/trackers', body());
  const message = 'The tracker could not be reached: no answer within 10 seconds.';
  expect([status, refused.errors]).toEqual([400, [{ path: 'body.apiUrl', message }]]);
});

test('a change keeps the token, and another address wants it again', async () => {
  const made = await make();
  const renamed = await api.ask(`PATCH /v1/trackers/${made.id}`, { name: 'Issues', linksAll: true });
  expect(renamed.body).toMatchObject({ name: 'Issues', linksAll: true, version: 2 });
  const elsewhere = await api.ask(`PATCH /v1/trackers/${made.id}`, { apiUrl: 'https://evil.example.com' });
  expect(elsewhere.body.errors).toEqual([
    { path: 'body.token', message: 'is required again with a new apiUrl' },
  ]);
  const wrong = await api.ask(`PATCH /v1/trackers/${made.id}`, { token: 'wrong' });
  expect(wrong.status).toBe(400);
  github.token = 'a-newer-one';
  const changed = await api.ask(`PATCH /v1/trackers/${made.id}`, { token: 'a-newer-one' });
  expect(changed.body).toMatchObject({ version: 3 });
  expect(changed.body).not.toHaveProperty('webhook');
  expect(await secretsOf(made.id)).toMatchObject({
    ...{ token: 'a-newer-one', webhook: made.webhook.secret },
  });
  const moved = await api.ask(`PATCH /v1/trackers/${made.id}`, { project: 'example/other' });
  expect(moved.status).toBe(400);
});

/** Who is called where, with which token, from now on. */
const calledWith = (): string[] => {
  const seen: string[] = [];
  desk.outside(async (request) => {
    seen.push(`${new URL(request.url).hostname} ${request.headers.authorization}`);
    const url = request.url.replace('https://git.example.com', 'https://api.github.com');
    return github.httpRequest({ ...request, url });
  });
  return seen;
};

test('a token that is remembered from before goes to no new address', async () => {
  const made = await make({ linksAll: true });
  const { id } = await items.make();
  const old = await desk.ports.vault.kept(`trackers/${made.id}`);
  const seen = calledWith();
  github.token = 'a-newer-one';
  const moved = { apiUrl: 'https://git.example.com', token: 'a-newer-one' };
  expect((await api.ask(`PATCH /v1/trackers/${made.id}`, moved)).status).toBe(200);
  const { kept } = desk.ports.vault;
  desk.ports.vault.kept = async () => old;
  await items.change(id, { title: 'Size it by users' });
  await api.ask(`PATCH /v1/trackers/${made.id}`, { account: 'bot' });
  expect(new Set(seen)).toEqual(new Set(['git.example.com Bearer a-newer-one']));
  desk.ports.vault.kept = kept;
  await desk.pass('PT5M');
  expect(github.issues[0]?.title).toBe('Size it by users');
  items.heard();
});

test('a change that comes too late leaves the token for the address that stands', async () => {
  const made = await make();
  const kept = await secretsOf(made.id);
  const { commit } = desk.ports.store;
  let rename: (() => Promise<unknown>) | undefined = () =>
    api.ask(`PATCH /v1/trackers/${made.id}`, { name: 'Issues' });
  desk.ports.store.commit = async (writes) => {
    const first = rename;
    rename = undefined;
    await first?.();
    return commit(writes);
  };
  calledWith();
  const caller = { principal: firebreak, invocation: newInvocation(desk.ports), ifMatch: 1 };
  const patch = { apiUrl: 'https://git.example.com', token: github.token };
  await expect(changeTracker(desk.ports, caller, { id: made.id, patch })).rejects.toMatchObject({
    code: 'stale',
  });
  expect(await secretsOf(made.id)).toEqual(kept);
});

test('lost secrets are given again: the token by whoever changes it, the webhook’s by us', async () => {
  const made = await make();
  await desk.ports.vault.forget(`trackers/${made.id}`);
  const { body: changed } = await api.ask(`PATCH /v1/trackers/${made.id}`, { token: github.token });
  expect(changed.webhook.secret).toMatch(/^[0-9a-f]{64}$/);
  expect(changed.webhook.secret).not.toBe(made.webhook.secret);
  expect((await secretsOf(made.id)).webhook).toBe(changed.webhook.secret);
});

test('a tracker stays while something that waits to be proven is linked to it, then goes with its secrets', async () => {
  const made = await make({ linksAll: true });
  const { id } = await items.make();
  items.heard();
  const refused = await api.ask(`DELETE /v1/trackers/${made.id}`);
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toContain('the action item “Size the pool by load”');
  await items.drop(id, 'The pool goes away.');
  items.heard();
  expect((await api.ask(`DELETE /v1/trackers/${made.id}`)).status).toBe(204);
  expect(await secretsOf(made.id)).toBeNull();
  expect((await items.item(id)).link?.url).toBe(`https://github.com/${PROJECT}/issues/1`);
  await items.reopen(id, 'It stays after all.');
  expect(await items.item(id)).not.toHaveProperty('link');
  expect(await items.history(id)).toContain('issue-unlinked');
  items.heard();
});

test('an action item is linked and let go of through the API; twice is once', async () => {
  const made = await make();
  const { id } = await items.make();
  items.heard();
  const link = `/v1/action-items/${id}/link`;
  const first = await api.ask(`POST ${link}`, { trackerId: made.id });
  expect([first.status, first.body.link]).toEqual([200, { trackerId: made.id }]);
  await desk.reconcile();
  const again = await api.ask(`POST ${link}`, { trackerId: made.id });
  expect(again.body.link).toMatchObject({ key: '1', state: 'open' });
  expect(again.body.link).not.toHaveProperty('brought');
  expect(github.issues).toHaveLength(1);
  const other = await api.ask(`POST ${link}`, { trackerId: made.id, key: '2' });
  expect([other.status, other.body.code]).toEqual([409, 'illegal-move']);
  expect((await api.ask(`DELETE ${link}`)).status).toBe(204);
  expect((await api.ask(`DELETE ${link}`)).status).toBe(204);
  expect(await items.item(id)).not.toHaveProperty('link');
  const strange = await api.ask(`POST ${link}`, { trackerId: 'trk_none' });
  expect(strange.body.errors).toEqual([
    { path: 'body.trackerId', message: 'this client has no such tracker' },
  ]);
});

test('another client’s tracker is one that is not here, and a key that may only write makes none', async () => {
  const made = await make();
  const other = await api.keyFor('admin', 'cli_other');
  const missing = await api.ask(`GET /v1/trackers/trk_01KE6F3G000000000000000000`, undefined, other);
  const theirs = await api.ask(`GET /v1/trackers/${made.id}`, undefined, other);
  expect(theirs).toEqual(missing);
  expect((await api.ask(`DELETE /v1/trackers/${made.id}`, undefined, other)).status).toBe(404);
  const { length } = github.calls;
  const refused = await api.ask('POST /v1/trackers', body(), other);
  expect(refused.body.errors).toEqual([{ path: 'body.clientId', message: 'must name an existing client' }]);
  const writer = await api.keyFor('write', clientId);
  expect((await api.ask('POST /v1/trackers', body(), writer)).status).toBe(403);
  expect(github.calls).toHaveLength(length);
});
