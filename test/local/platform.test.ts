import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_KEYS } from '../../infra/local/demo.ts';
import { type Platform, type PlatformOptions, startPlatform } from '../../infra/local/platform.ts';
import type { RecordOf } from '../../shared/domain/records.ts';

const MONDAY = '2026-03-02T12:00:00.000Z';

let folder: string;
let platform: Platform | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-platform-'));
});
afterEach(async () => {
  await platform?.stop();
  platform = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const start = async (options: Partial<PlatformOptions> = {}): Promise<Platform> => {
  platform = await startPlatform({ folder, demo: true, standsAt: MONDAY, ...options });
  return platform;
};

const trigger = async ({ url, settled }: Platform, dedupKey: string): Promise<void> => {
  const reply = await fetch(`${url}/v2/enqueue`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      routing_key: DEMO_KEYS.pagerduty,
      event_action: 'trigger',
      dedup_key: dedupKey,
      payload: { summary: 'Checkout is failing', source: 'shop.example.com', severity: 'critical' },
    }),
  });
  expect(reply.status).toBe(202);
  await settled();
};

const sentTo = async ({ messages }: Platform): Promise<string[]> =>
  (await messages()).map(({ at, to }) => `${at.slice(11, 16)} ${to}`).toSorted();

const onlyPage = async ({ ports }: Platform): Promise<RecordOf<'page'>> => {
  const [incident] = await incidents({ ports });
  const pages = await ports.store.list({ of: 'page', incidentId: incident?.id ?? '' }, { limit: 10 });
  const page = pages.items.find(({ channel }) => channel === 'email');
  if (!page) throw new Error('Nobody was paged by e-mail.');
  return page;
};

const incidents = async ({ ports }: Pick<Platform, 'ports'>) => {
  const clients = await ports.store.list({ of: 'client' }, { limit: 10 });
  const lists = clients.items.map(({ id: clientId }) =>
    ports.store.list({ of: 'incident', clientId }, { limit: 10 }),
  );
  return (await Promise.all(lists)).flatMap(({ items }) => items);
};

describe('Firebreak on one machine', () => {
  test('pages whoever is on call, and goes on to the next when nobody answers', async () => {
    const desk = await start();
    await trigger(desk, 'checkout');
    expect(await sentTo(desk)).toEqual(['12:00 +15550100103', '12:00 chiara@example.com']);
    expect(await desk.advance('PT5M')).toBe('2026-03-02T12:05:00.000Z');
    expect((await sentTo(desk)).slice(2)).toEqual(['12:05 +15550100104', '12:05 dan@example.com']);
  });

  test('takes an answer by text', async () => {
    const desk = await start();
    await trigger(desk, 'checkout');
    const reply = await fetch(`${desk.url}/local/sms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from: '+15550100103', text: '1a' }),
    });
    expect(reply.status).toBe(200);
    await desk.settled();
    expect((await incidents(desk))[0]).toMatchObject({ status: 'acknowledged' });
    await desk.advance('PT30M');
    expect((await sentTo(desk)).filter((line) => line.startsWith('12:05'))).toEqual([]);
  });

  test('takes an answer by the link in a message', async () => {
    const desk = await start();
    await trigger(desk, 'checkout');
    const [link = ''] = (await desk.messages()).flatMap(({ links }) => links);
    const page = await fetch(link);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Acknowledge')]);
    const answer = await fetch(link, {
      method: 'POST',
      body: new URLSearchParams({ action: 'acknowledge' }),
    });
    expect(answer.status).toBe(200);
    expect((await incidents(desk))[0]).toMatchObject({ status: 'acknowledged' });
  });

  test('answers the API to the administrator alone', async () => {
    const desk = await start({ adminKey: 'a-key-of-this-very-test' });
    const ask = (key: string) =>
      fetch(`${desk.url}/v1/clients`, { headers: { authorization: `Bearer ${key}` } });
    expect((await ask(desk.adminKey)).status).toBe(200);
    expect((await ask('another-key-altogether')).status).toBe(401);
  });

  test('has no demo where none is wanted', async () => {
    const desk = await start({ demo: false });
    expect((await desk.ports.store.list({ of: 'client' }, { limit: 10 })).items).toEqual([]);
  });
});

describe('a restart', () => {
  test('finds everything where it was, and does what came due meanwhile', async () => {
    const before = await start();
    await trigger(before, 'checkout');
    await before.advance('PT1M');
    await before.stop();
    const later = await start({ standsAt: '2026-03-02T12:10:00.000Z' });
    expect(later.adminKey).toBe(before.adminKey);
    expect(later.ports.clock.now()).toBe('2026-03-02T12:11:00.000Z');
    await later.settled();
    expect(await sentTo(later)).toHaveLength(4);
  });

  test('sends at once what a dead process had claimed, without waiting for its lease', async () => {
    const before = await start();
    await trigger(before, 'checkout');
    const page = await onlyPage(before);
    const { handedOverAt: _, ...rest } = page;
    const dueAt = '2026-03-02T12:00:30.000Z';
    await before.ports.store.commit([{ put: { ...rest, state: 'claimed', dueAt } }]);
    await before.stop();
    const later = await start();
    await later.settled();
    expect((await sentTo(later)).filter((line) => line.includes('chiara@'))).toHaveLength(2);
    expect((await onlyPage(later)).state).toBe('handed-over');
  });

  test('has its whole database in one file when it was stopped', async () => {
    const desk = await start();
    await desk.stop();
    expect(readdirSync(folder).filter((name) => name.startsWith('firebreak'))).toEqual(['firebreak.sqlite']);
  });
});

describe('a start that cannot be', () => {
  test('on a folder that is taken is refused, and leaves the other alone', async () => {
    const desk = await start();
    await expect(startPlatform({ folder })).rejects.toThrow(/Another Firebreak is running/);
    await trigger(desk, 'checkout');
  });

  test('on a port that is taken is refused, and leaves nothing running', async () => {
    const desk = await start();
    const other = mkdtempSync(join(tmpdir(), 'firebreak-platform-'));
    await expect(startPlatform({ folder: other, port: desk.port })).rejects.toThrow(/is taken/);
    expect(readdirSync(other)).not.toContain('firebreak.sqlite');
    rmSync(other, { recursive: true });
  });

  test('on the data of an older version is refused with what to do, and leaves it alone', async () => {
    writeFileSync(join(folder, 'firebreak.db'), 'older');
    await expect(startPlatform({ folder })).rejects.toThrow(/older version .*FIREBREAK_DATA/);
    expect(readFileSync(join(folder, 'firebreak.db'), 'utf8')).toBe('older');
  });

  test('on a DynamoDB that does not answer is refused with what to do', async () => {
    await expect(startPlatform({ folder, dynamodb: 'http://127.0.0.1:1' })).rejects.toThrow(
      /The DynamoDB at http:\/\/127\.0\.0\.1:1 cannot be used .*DYNAMODB_ENDPOINT/,
    );
  });
});
