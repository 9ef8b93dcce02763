import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const NOWHERE = 'http://127.0.0.1:1';

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'firebreak-setup-'));
  for (const file of ['package.json', 'package-lock.json', 'infra/setup.mjs'])
    cpSync(join(ROOT, file), join(clone, file));
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

interface Lock {
  packages: Record<string, { version?: string; dev?: boolean; optional?: boolean }>;
}
const lock = (): Lock => JSON.parse(readFileSync(join(clone, 'package-lock.json'), 'utf8'));

/** Writes what npm writes when it has installed these packages. */
const install = (packages: Lock['packages']): void => {
  mkdirSync(join(clone, 'node_modules'), { recursive: true });
  writeFileSync(join(clone, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
};
const without = (kind: 'dev' | 'optional'): Lock['packages'] =>
  Object.fromEntries(Object.entries(lock().packages).filter(([, entry]) => !entry[kind]));

const setUp = (what: 'start' | '', environment: Record<string, string> = {}) => {
  const settings = { npm_config_registry: NOWHERE, npm_config_fetch_retries: '0' };
  const cache = { npm_config_cache: join(clone, 'cache') };
  const env = { PATH: process.env.PATH, HOME: clone, ...settings, ...cache, ...environment };
  const { promise, resolve } = Promise.withResolvers<{ code: unknown; said: string; complained: string }>();
  execFile(process.execPath, [join(clone, 'infra/setup.mjs'), what], { env }, (error, said, complained) =>
    resolve({ code: error?.code ?? 0, said, complained }),
  );
  return promise;
};

const DONE = { code: 0, said: '', complained: '' };

describe('setup', () => {
  test('does nothing and says nothing when all is there', async () => {
    install(lock().packages);
    expect([await setUp(''), await setUp('start')]).toEqual([DONE, DONE]);
  });

  test('takes packages for another platform as not needed', async () => {
    install(without('optional'));
    expect(await setUp('')).toEqual(DONE);
  });

  test('of npm start is content without what only development takes; that of the other scripts is not', async () => {
    install(without('dev'));
    expect(await setUp('start')).toEqual(DONE);
    expect((await setUp('')).said).toMatch(/^Installing everything for development and deployment \(about/);
  });

  test('brings the DynamoDB client when npm start is to use a DynamoDB', async () => {
    install(without('dev'));
    const { said } = await setUp('start', { DYNAMODB_ENDPOINT: NOWHERE });
    expect(said).toMatch(/^Installing everything/);
  });

  test('notices a version that has changed since', async () => {
    const packages = lock().packages;
    install({ ...packages, 'node_modules/zod': { version: '0.0.1' } });
    expect((await setUp('start')).said).toMatch(/^Installing what Firebreak needs \(about \d+ MB/);
  });

  test('without a network says so in plain words, and fails', async () => {
    const { code, complained } = await setUp('start');
    expect(complained).toMatch(/The npm registry cannot be reached\. Check the network .* try again\.\n$/);
    expect(code).not.toBe(0);
  });
});

test('no npm script needs a Unix shell', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const [name, script] of Object.entries<string>(scripts))
    expect(script.replaceAll('&&', ''), name).toMatch(/^(node|npm|vitest|biome|tsc|cdk) [\w./: -]*$/);
});
