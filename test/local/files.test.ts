import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFiles } from '../../infra/local/files.ts';
import { type Platform, startPlatform } from '../../infra/local/platform.ts';
import { after } from '../../shared/domain/time.ts';

const KEY = 'clients/cli_1/reviews/rev_1';
const MB = 1024 * 1024;

let folder: string;
let platform: Platform;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-files-'));
  platform = await startPlatform({ folder, demo: false, standsAt: '2026-03-02T12:00:00.000Z' });
});
afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let made = 0;
/** An address for a file of five bytes, unless told otherwise. */
const address = async (file: { contentType?: string; size?: number } = {}) => {
  made += 1;
  const key = `${KEY}/evd_${made}/file.txt`;
  const upload = await platform.ports.files.uploadAddress({
    contentType: 'text/plain',
    size: 5,
    ...file,
    key,
  });
  return { key, ...upload };
};

const put = async (url: string, body: BodyInit, type = 'text/plain') => {
  const reply = await fetch(url, {
    method: 'PUT',
    body,
    headers: { 'content-type': type, 'if-none-match': '*' },
  });
  return { status: reply.status, text: await reply.text() };
};

test('a file is sent, looked at, and fetched as it was', async () => {
  const { key, url, headers, expiresAt } = await address();
  expect(new URL(url).origin).toBe(platform.url);
  expect(expiresAt).toBe(after(platform.ports.clock.now(), 'PT15M'));
  expect(await platform.ports.files.look(key)).toBeUndefined();
  expect((await fetch(url, { method: 'PUT', body: 'hello', headers })).status).toBe(200);
  const seen = await platform.ports.files.look(key);
  expect({ ...seen, begins: Buffer.from(seen?.begins ?? []).toString() }).toEqual({
    ...{ size: 5, contentType: 'text/plain', begins: 'hello' },
  });
  const download = await platform.ports.files.downloadAddress({ key, name: 'Grüße.txt' });
  const reply = await fetch(download.url);
  expect([reply.status, await reply.text()]).toEqual([200, 'hello']);
  expect(Object.fromEntries(reply.headers)).toMatchObject({
    ...{ 'content-type': 'text/plain', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' },
    'content-disposition': `attachment; filename="Gr__e.txt"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt`,
  });
});

test.each([
  ['a picture', 'image/png', 'image/png'],
  ['what says it is text, and is not', 'text/plain', 'text/plain'],
])('%s comes back byte by byte', async (_what, contentType, type) => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const { key, url } = await address({ contentType, size: 256 });
  expect((await put(url, bytes, type)).status).toBe(200);
  const download = await platform.ports.files.downloadAddress({ key, name: 'a' });
  expect(new Uint8Array(await (await fetch(download.url)).arrayBuffer())).toEqual(bytes);
});

test('25 MB are taken, where everything else may have 10', async () => {
  const { key, url } = await address({ size: 25 * MB });
  expect((await put(url, new Uint8Array(25 * MB))).status).toBe(200);
  expect(await platform.ports.files.look(key)).toMatchObject({ size: 25 * MB, begins: { length: 512 } });
  const more = await address({ size: 25 * MB + 1 });
  expect((await put(more.url, new Uint8Array(25 * MB + 1))).status).toBe(413);
  const elsewhere = await put(`${platform.url}/local/clock`, new Uint8Array(10 * MB + 1));
  expect(elsewhere).toMatchObject({ status: 413, text: expect.stringContaining('10 MB') });
});

describe('nothing is kept', () => {
  test.each<[string, (url: string) => [string, BodyInit, string?], number, string]>([
    ['of another size', (url) => [url, 'hell'], 400, 'The file has 4 bytes. This address accepts 5.'],
    ['of another type', (url) => [url, 'hello', 'text/html'], 403, 'Content-Type: text/plain'],
    [
      'without a signature',
      (url) => [url.replace(/&signature=.*/, ''), 'hello'],
      403,
      'is invalid or has expired',
    ],
    [
      'under another signature',
      (url) => [`${url.slice(0, -4)}AAAA`, 'hello'],
      403,
      'is invalid or has expired',
    ],
    [
      'of a size that was changed',
      (url) => [url.replace('size=5', 'size=6'), 'hello!'],
      403,
      'is invalid or has expired',
    ],
    [
      'of a type that was changed',
      (url) => [url.replace('plain', 'html'), 'hello', 'text/html'],
      403,
      'is invalid or has expired',
    ],
    [
      'under another name',
      (url) => [url.replace('file.txt', 'other.txt'), 'hello'],
      403,
      'is invalid or has expired',
    ],
    ['further up', (url) => [url.replace('/clients/', '/%2e%2e/'), 'hello'], 404, ''],
    [
      'by a later end',
      (url) => [url.replace('2026-03-02', '2027-03-02'), 'hello'],
      403,
      'is invalid or has expired',
    ],
  ])('%s', async (_what, sent, status, says) => {
    const { key, url } = await address();
    const reply = await put(...sent(url));
    expect(reply).toEqual({ status, text: expect.stringContaining(says) });
    expect(await platform.ports.files.look(key)).toBeUndefined();
  });

  test('without a word that nothing is to be replaced', async () => {
    const { url } = await address();
    const headers = { 'content-type': 'text/plain' };
    expect((await fetch(url, { method: 'PUT', body: 'hello', headers })).status).toBe(403);
  });

  test('in place of what is there', async () => {
    const { key, url } = await address();
    expect((await put(url, 'hello')).status).toBe(200);
    expect((await put(url, 'other')).status).toBe(412);
    expect(Buffer.from((await platform.ports.files.look(key))?.begins ?? []).toString()).toBe('hello');
  });

  test('in place of what is sent at the same time', async () => {
    const { key, url } = await address();
    const sent = ['hello', 'other', 'third'];
    const replies = await Promise.all(sent.map((body) => put(url, body)));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 412, 412]);
    const [kept] = sent.filter((_, place) => replies[place]?.status === 200);
    expect(Buffer.from((await platform.ports.files.look(key))?.begins ?? []).toString()).toBe(kept);
  });

  test('a quarter of an hour later', async () => {
    const { url } = await address();
    await platform.advance('PT15M');
    expect((await put(url, 'hello')).status).toBe(403);
  });

  test('and nothing is fetched with an address to send to, or that is not there', async () => {
    const { key, url } = await address();
    expect((await fetch(url)).status).toBe(403);
    const nowhere = await platform.ports.files.downloadAddress({ key, name: 'a' });
    expect((await fetch(nowhere.url)).status).toBe(404);
    expect((await put(nowhere.url, 'hello')).status).toBe(403);
  });
});

test('all of it is below one folder, and nothing is left half done', async () => {
  expect((await put((await address()).url, 'hello')).status).toBe(200);
  expect(existsSync(join(folder, 'files', KEY))).toBe(true);
  const names = readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  expect(new Set(names)).toEqual(new Set(['file.txt', 'file.txt.type']));
});

test.each(['clients/../../secrets.json', '/etc/passwd', 'clients/a/reviews/b/c/../d.txt', 'secrets.json'])(
  'no file is ever called %s',
  async (key) => {
    const clock = { now: () => '2026-03-02T12:00:00.000Z' };
    const secrets = { linkKeys: async () => [{ version: 1, secret: 'a-secret-of-this-test' }] };
    const files = openFiles({ folder, url: platform.url, clock, secrets });
    await expect(files.look(key)).rejects.toThrow('Invalid file name.');
    const { url } = await files.downloadAddress({ key, name: 'a' });
    const query = new URL(url).searchParams;
    const [expires, signature] = [query.get('expires') ?? '', query.get('signature') ?? ''];
    expect(await files.holds({ method: 'GET', key, expires, name: 'a' }, signature)).toBe(false);
  },
);
