import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Platform, startPlatform } from '../../infra/local/platform.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-feed-'));
let platform: Platform | undefined;
let server: Server | undefined;
afterEach(async () => {
  await platform?.stop();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const serving = (body: () => object): Promise<string> =>
  new Promise((resolve) => {
    server = createServer((_, response) => response.end(JSON.stringify(body())));
    server.listen(0, '127.0.0.1', () => {
      const address = server?.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/summary.json`);
    });
  });

test('time on one machine passes a provider’s status feed too, every five minutes', async () => {
  let asked = 0;
  const statusFeed = await serving(() => {
    asked += 1;
    return { incidents: [{ id: 'abc', name: 'Network trouble', status: 'investigating', impact: 'major' }] };
  });
  const standsAt = '2026-03-02T12:01:00.000Z';
  platform = await startPlatform({ folder, standsAt, allowLocalFeeds: true });
  const { url, adminKey } = platform;
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const ask = async (method: string, path: string, body?: object) => {
    const sent = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    return (await fetch(`${url}${path}`, sent)).json() as Promise<{ id: string; items: object[] }>;
  };
  const provider = await ask('POST', '/v1/providers', { name: 'Example Hosting', statusFeed });
  const client = await ask('POST', '/v1/clients', { name: 'Harbour Books' });
  const policy = await ask('POST', '/v1/escalation-policies', {
    name: 'Nobody',
    steps: [{ delay: 'PT5M', targets: [{ type: 'person', id: (await somebody(ask)).id }] }],
  });
  const service = {
    name: 'Shop',
    clientId: client.id,
    escalationPolicyId: policy.id,
    providerId: provider.id,
  };
  await ask('POST', '/v1/services', service);
  await platform.advance('PT3M');
  expect(asked).toBe(0);
  await platform.advance('PT12M');
  expect(asked).toBe(3);
  const { items } = await ask('GET', `/v1/provider-incidents?clientId=${client.id}`);
  expect(items).toMatchObject([{ title: 'Network trouble', touches: [{ clientId: client.id }] }]);
});

const somebody = (ask: (method: string, path: string, body: object) => Promise<{ id: string }>) =>
  ask('POST', '/v1/people', { name: 'Ada', email: 'ada@example.com' });
