import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const START = join(import.meta.dirname, '../../infra/local/start.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  /** Resolves with what it said once it is ready. */
  ready: Promise<string>;
  /** Resolves when it has ended. */
  ended: Promise<{ code: number | string | null | undefined; said: string; complained: string }>;
  signal(name: NodeJS.Signals): void;
}

const npmStart = (environment: Record<string, string>): Run => {
  const env = { PATH: process.env.PATH, PORT: '0', FIREBREAK_DATA: folder, ...environment };
  const { promise: ended, resolve } = Promise.withResolvers<Awaited<Run['ended']>>();
  const child = execFile(process.execPath, [START], { env }, (error, said, complained) =>
    resolve({ code: error ? error.code : 0, said, complained }),
  );
  let said = '';
  const ready = new Promise<string>((reconcile, reject) => {
    child.stdout?.on('data', (chunk: string) => {
      said += chunk;
      if (said.includes('Firebreak is ready on')) reconcile(said);
    });
    child.once('exit', () => reject(new Error(`It ended before it was ready: ${said}`)));
  });
  ready.catch(() => {});
  return { ready, ended, signal: (name) => void child.kill(name) };
};

describe('npm start', () => {
  test('says where it is, its key, where the mail is, what to read, a line to paste, and last that it is ready', async () => {
    const run = npmStart({});
    const lines = (await run.ready).trim().split('\n');
    const url = /^Firebreak is ready on (http:\/\/localhost:\d+)$/.exec(lines.at(-1) ?? '')?.[1] ?? '';
    const said = lines.join('\n');
    for (const words of [`Address     ${url} `, `${url}/local/mailbox`, 'Admin key   fbk_'])
      expect(said).toContain(words);
    const review = lines.find((line) => line.includes('/n/rev_')) ?? '';
    const shown = await fetch(review);
    expect([shown.status, await shown.text()]).toEqual([
      200,
      expect.stringContaining('Post-incident review'),
    ]);
    const curl = lines.find((line) => line.startsWith('curl ')) ?? '';
    expect(JSON.parse(/-d '(.*)'$/.exec(curl)?.[1] ?? '').routing_key).toMatch(/^\w{32}$/);
    expect((await fetch(`${url}/local/messages`)).status).toBe(200);
    run.signal('SIGTERM');
    expect(await run.ended).toMatchObject({ code: 0, complained: '' });
  });

  test('ends well on Ctrl-C, which a terminal and npm send twice', async () => {
    const run = npmStart({});
    await run.ready;
    run.signal('SIGINT');
    run.signal('SIGINT');
    expect((await run.ended).code).toBe(0);
  });

  test('does not print a key that it was given, and shows no line to paste without a demo', async () => {
    const run = npmStart({ FIREBREAK_ADMIN_KEY: 'a-key-of-this-very-test', FIREBREAK_DEMO: 'off' });
    const said = await run.ready;
    expect(said).not.toContain('a-key-of-this-very-test');
    expect(said).not.toContain('curl');
    run.signal('SIGTERM');
    await run.ended;
  });

  test.for([
    [{ FIREBREAK_ADMIN_KEY: 'short' }, /^FIREBREAK_ADMIN_KEY must have 20 characters or more.*\.\n$/],
    [{ PORT: 'web' }, /^PORT must be a number.*\.\n$/],
    [
      { DYNAMODB_ENDPOINT: 'http://127.0.0.1:1' },
      /^The DynamoDB at .* cannot be used.*DYNAMODB_ENDPOINT.*\.\n$/,
    ],
  ] as const)('with %j says in one sentence what to do', async ([environment, sentence]) => {
    const { code, complained } = await npmStart(environment).ended;
    expect(complained).toMatch(sentence);
    expect(code).toBe(1);
  });

  test('on a port that is taken says in one sentence what to do', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const { code, complained } = await npmStart({ PORT: String(port) }).ended;
    expect(complained).toBe(`Port ${port} is taken: stop what listens there, or set PORT to another port.\n`);
    expect(code).toBe(1);
    server.close();
  });
});
