import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openVault } from '../../infra/local/vault.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a secret is there after a restart, in a file that only its owner can read, until it is forgotten', async () => {
  const vault = openVault(folder);
  expect(await vault.kept('trackers/trk_1')).toBeUndefined();
  await vault.keep('trackers/trk_1', 'first');
  await vault.keep('trackers/trk_1', 'second');
  await vault.keep('__proto__', 'odd');
  expect(statSync(join(folder, 'vault.json')).mode & 0o777).toBe(0o600);
  const restarted = openVault(folder);
  expect(await restarted.kept('trackers/trk_1')).toBe('second');
  await restarted.forget('trackers/trk_1');
  await restarted.forget('trackers/trk_1');
  expect(await openVault(folder).kept('trackers/trk_1')).toBeUndefined();
});

test('a file that somebody else wrote is refused', () => {
  writeFileSync(join(folder, 'vault.json'), '{"trackers":{}}');
  expect(() => openVault(folder)).toThrow('was changed. Restore the file');
});
