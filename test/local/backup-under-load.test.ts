import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_KEYS } from '../../infra/local/demo.ts';
import { type Platform, startPlatform } from '../../infra/local/platform.ts';

const COMMAND = join(import.meta.dirname, '../../infra/local/backup-command.ts');
const AT_ONCE = 4;
const run = promisify(execFile);

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'firebreak-restore-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const npmRun = (data: string, ...words: string[]) =>
  run(process.execPath, [COMMAND, ...words], {
    env: { PATH: process.env.PATH, FIREBREAK_DATA: join(root, data) },
  });

const trigger = async ({ url }: Platform, name: string): Promise<void> => {
  const payload = { summary: name, source: 'shop.example.com', severity: 'critical' };
  const event = { routing_key: DEMO_KEYS.pagerduty, event_action: 'trigger', dedup_key: name, payload };
  const reply = await fetch(`${url}/v2/enqueue`, { method: 'POST', body: JSON.stringify(event) });
  expect(reply.status).toBe(202);
};

const incidents = async ({ url, adminKey }: Platform): Promise<{ id: string; title: string }[]> => {
  const found: { id: string; title: string }[] = [];
  for (let cursor = ''; ; ) {
    const reply = await fetch(`${url}/v1/incidents?limit=100${cursor && `&cursor=${cursor}`}`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    const { items, next } = (await reply.json()) as { items: typeof found; next: string | null };
    found.push(...items.map(({ id, title }) => ({ id, title })));
    if (!next) return found;
    cursor = encodeURIComponent(next);
  }
};

/** Alerts without a pause until `stop`; answers the names that were accepted. */
const load = (platform: Platform) => {
  const accepted: string[] = [];
  let stopped = false;
  const sender = async (lane: number): Promise<void> => {
    for (let count = 0; !stopped; count += 1) {
      const name = `Lane ${lane}, alert ${count}`;
      await trigger(platform, name);
      accepted.push(name);
    }
  };
  const sending = Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => sender(lane)));
  const stop = async (): Promise<void> => {
    stopped = true;
    await sending;
  };
  return { accepted, stop };
};

test('a backup under load, restored into an empty folder, has every incident that was open when it began', async () => {
  const platform = await startPlatform({ folder: join(root, 'data'), demo: true });
  const { accepted, stop } = load(platform);
  await expect.poll(() => accepted.length, { timeout: 20_000 }).toBeGreaterThan(20);
  const before = [...accepted];
  const { stdout } = await npmRun('data', 'backup', join(root, 'backups'));
  expect(accepted.length).toBeGreaterThan(before.length);
  await stop();
  const all = await incidents(platform);
  await platform.stop();

  const [name = ''] = readdirSync(join(root, 'backups'));
  expect(stdout).toContain(name);
  await npmRun('restored', 'restore', join(root, 'backups', name));
  const again = await startPlatform({ folder: join(root, 'restored'), demo: true });
  const restored = await incidents(again);
  await again.stop();
  expect(again.adminKey).toBe(platform.adminKey);
  expect(restored.map(({ title }) => title)).toEqual(expect.arrayContaining(before));
  expect(all).toEqual(expect.arrayContaining(restored));
});
