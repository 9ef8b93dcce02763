import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSecrets } from '../../infra/local/secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the keys of a machine are made once and stay the same over a restart', async () => {
  const [first, second] = [openSecrets(folder), openSecrets(folder)];
  expect(second.adminKey).toBe(first.adminKey);
  expect(first.adminKey.length).toBeGreaterThanOrEqual(20);
  expect(await second.linkKeys()).toEqual(await first.linkKeys());
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test('two machines have different keys', async () => {
  const other = mkdtempSync(join(tmpdir(), 'firebreak-secrets-'));
  expect(openSecrets(other).adminKey).not.toBe(openSecrets(folder).adminKey);
  rmSync(other, { recursive: true });
});

test('an administrator key that is given stands in for the one that was made, and is not kept', async () => {
  const given = 'given-by-environment';
  const secrets = openSecrets(folder, given);
  expect(secrets.adminKey).toBe(given);
  expect(await secrets.adminKeyHash()).toBe(createHash('sha256').update(given).digest('hex'));
  expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain(given);
});
