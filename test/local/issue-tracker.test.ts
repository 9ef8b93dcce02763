import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Platform, startPlatform } from '../../infra/local/platform.ts';
import { type Github, githubInMemory, PROJECT } from '../support/github.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-tracker-'));
let platform: Platform | undefined;
let server: Server | undefined;
afterEach(async () => {
  await platform?.stop();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** GitHub at an enterprise's own address, below a path. */
const enterprise = (github: Github): Promise<string> =>
  new Promise((resolve) => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const answer = await github.callOut({
        method: request.method as 'GET',
        url: `https://api.github.com${request.url?.replace('/api/v3', '')}`,
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
      });
      response.writeHead(answer.status).end(answer.body);
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server?.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/v3/`);
    });
  });

test('on one machine an action item becomes an issue over real HTTP, and is done when that is closed', async () => {
  const github = githubInMemory(() => platform?.ports.clock.now() ?? '');
  const apiUrl = await enterprise(github);
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
  const body = JSON.stringify(told?.payload);
  const signature = `sha256=${createHmac('sha256', webhook.secret).update(body).digest('hex')}`;
  const heard = await fetch(webhook.url, {
    ...{ method: 'POST', body },
    headers: {
      ...told?.headers,
      'content-type': 'application/json',
      'x-hub-signature-256': signature,
    },
  });
  expect([heard.status, await heard.json()]).toEqual([202, { reason: 'done' }]);
  expect((await ask('GET', `/v1/action-items/${id}`)).status).toBe('done');
});
