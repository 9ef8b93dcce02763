import { rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Github, githubInMemory, PROJECT } from '../support/github.ts';
import { serveGithub, signed } from '../support/github-served.ts';
import { call, deadLetters, eventually } from './cloud.ts';
import { post } from './desk.ts';
import { HOST, NAMED } from './elsewhere-host.ts';
import { asRoot } from './ministack.ts';

/** A minute until the sweep tries again what the first try could not do. */
const BY_SWEEP = 100;

let github: Github;
let server: Server;
let here: string;
beforeAll(async () => {
  github = githubInMemory(() => new Date().toISOString());
  const { apiUrl, server: opened } = await serveGithub(github);
  [here, server] = [apiUrl, opened];
  writeFileSync(NAMED, apiUrl);
});
afterAll(() => {
  rmSync(NAMED, { force: true });
  server?.close();
});

const trackerBody = async (name: string) => ({
  clientId: (await post('/v1/clients', { name: `Client ${name}` })).id,
  ...{ name: 'Shop issues', type: 'github', project: PROJECT, linksAll: true, token: github.token },
});

const makeItem = async (clientId: string, title: string): Promise<string> => {
  const owner = await post('/v1/people', { name: 'Ada', email: 'ada.trackers@example.com' });
  const ahead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const item = {
    ...{ clientId, title, type: 'long-term-fix', ownerId: owner.id, dueAt: ahead(7) },
    verification: { type: 'statement', statement: 'No wait', lookAgainAt: ahead(30) },
  };
  return (await post('/v1/action-items', item)).id;
};

const itemWith = (id: string, has: (item: { status: string; link: { key?: string } }) => boolean) =>
  eventually(async () => {
    const { body } = await call('GET', `/v1/action-items/${id}`);
    return has(body) ? body : undefined;
  }, BY_SWEEP);

const secretOf = async (trackerId: string): Promise<unknown> => {
  const manager = new SecretsManagerClient({ ...asRoot, endpoint: inject('endpoint') });
  const SecretId = `firebreak/trackers/${trackerId}`;
  return manager.send(new GetSecretValueCommand({ SecretId })).then(
    ({ SecretString = '' }) => JSON.parse(SecretString),
    ({ name }: Error) => name,
  );
};

test('nobody’s token goes to this machine or its network, and nothing is kept of the try', async () => {
  const body = await trackerBody('guarded');
  for (const [apiUrl, why] of [
    [here, 'only https is supported'],
    ['https://127.0.0.1:8443/', 'the address is not public'],
    ['https://169.254.169.254/', 'the address is not public'],
  ]) {
    const refused = await call('POST', '/v1/trackers', { body: { ...body, apiUrl } });
    expect([refused.status, refused.body.errors]).toEqual([
      400,
      [{ path: 'body.apiUrl', message: `The tracker could not be reached: ${why}.` }],
    ]);
  }
  expect(github.calls).toEqual([]);
  expect((await call('GET', `/v1/trackers?clientId=${body.clientId}`)).body.items).toEqual([]);
});

test('an action item becomes an issue with the token in the vault, and is done when that is closed', async () => {
  const apiUrl = `https://${HOST}/api/v3`;
  const { webhook, ...tracker } = await post('/v1/trackers', { ...(await trackerBody('whole')), apiUrl });
  const kept = { token: github.token, apiUrl, webhook: webhook.secret };
  expect(await secretOf(tracker.id)).toEqual(kept);

  const id = await makeItem(tracker.clientId, 'Size the pool');
  const { link } = await itemWith(id, (item) => item.link?.key !== undefined);
  expect(link).toMatchObject({ trackerId: tracker.id, key: '1', state: 'open' });
  expect(github.issues).toMatchObject([{ title: 'Size the pool', state: 'open' }]);

  // By the tracker's clock a second later: what it says of the second of our own writing is no news.
  await eventually(
    async () => Date.now() > Date.parse(github.issues[0]?.updated_at ?? '') + 1000 || undefined,
  );
  github.does('closed', 1, { state: 'closed' });
  const [told] = github.sent.slice(-1);
  if (!told) throw new Error('Its webhook sent nothing.');
  const path = new URL(webhook.url).pathname;
  const forged = await call('POST', path, signed(told, 'another-secret'));
  expect([forged.status, forged.body.code]).toEqual([401, 'unauthenticated']);
  const heard = await call('POST', path, signed(told, webhook.secret));
  expect([heard.status, heard.body]).toEqual([202, { reason: 'done' }]);
  expect((await call('POST', path, signed(told, webhook.secret))).body).toEqual({ reason: 'known-already' });
  await itemWith(id, ({ status }) => status === 'done');

  expect((await call('DELETE', `/v1/action-items/${id}/link`)).status).toBe(204);
  expect((await call('DELETE', `/v1/trackers/${tracker.id}`)).status).toBe(204);
  expect(await secretOf(tracker.id)).toBe('ResourceNotFoundException');
  expect((await call('POST', path, signed(told, webhook.secret))).status).toBe(401);
});

test('nothing was given up', async () => {
  expect(await deadLetters()).toEqual([]);
});
