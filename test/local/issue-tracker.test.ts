import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Platform, startPlatform } from '../../infra/local/platform.ts';
import { githubInMemory, PROJECT } from '../support/github.ts';
import { serveGithub, signed } from '../support/github-served.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-tracker-'));
let platform: Platform | undefined;
let server: Server | undefined;
afterEach(async () => {
  await platform?.stop();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('on one machine an action item becomes an issue over real HTTP, and is done when that is closed', async () => {
  const github = githubInMemory(() => platform?.ports.clock.now() ?? '');
  const { apiUrl, server: opened } = await serveGithub(github);
  server = opened;
  platform = await startPlatform({ folder, standsAt: '2026-03-02T12:00:00.000Z', allowLocalFeeds: true });
  const { url, adminKey } = platform;
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const ask = async (method: string, path: string, body?: object) => {
    const sent = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    // biome-ignore lint/suspicious/noExplicitAny: a representation is JSON of any shape
    return (await fetch(`${url}${path}`, sent)).json() as Promise<any>;
  };
  const { id: clientId } = await ask('POST', '/v1/clients', { name: 'Harbour Books' });
  const ada = await ask('POST', '/v1/people', { name: 'Ada', email: 'ada@example.com' });
  const { token } = github;
  const named = { clientId, name: 'Shop issues', type: 'github', project: PROJECT, linksAll: true };
  const { webhook } = await ask('POST', '/v1/trackers', { ...named, apiUrl, token });
  const lookAgainAt = '2026-04-01T12:00:00Z';
  const { id } = await ask('POST', '/v1/action-items', {
    ...{ clientId, title: 'Size the pool', type: 'long-term-fix', ownerId: ada.id },
    ...{ dueAt: '2026-03-16T12:00:00Z' },
    verification: { type: 'statement', statement: 'No wait', lookAgainAt },
  });
  await platform.settled();
  expect((await ask('GET', `/v1/action-items/${id}`)).link).toMatchObject({ key: '1', state: 'open' });

  await platform.advance('PT1M');
  github.does('closed', 1, { state: 'closed' });
  const [told] = github.sent.slice(-1);
  if (!told) throw new Error('Its webhook sent nothing.');
  const heard = await fetch(webhook.url, { method: 'POST', ...signed(told, webhook.secret) });
  expect([heard.status, await heard.json()]).toEqual([202, { reason: 'done' }]);
  expect((await ask('GET', `/v1/action-items/${id}`)).status).toBe('done');
});
