import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { FUNCTION_NAMES } from '../../infra/functions.ts';

const folderOf = (name: string) => join(import.meta.dirname, '..', '..', '.build', name);

/** The files that a cold start reads: the entry and what it imports, but not what it imports when needed. */
const readAtStart = (folder: string, file = 'index.mjs', seen = new Set<string>()): Set<string> => {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(join(folder, file), 'utf8');
  for (const [, path = ''] of code.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g))
    readAtStart(folder, join(file, '..', path), seen);
  return seen;
};

test.each(FUNCTION_NAMES)('%s is bundled into modules that export its handler', async (name) => {
  bundle(name);
  const { handler } = await import(join(folderOf(name), 'index.mjs'));
  expect(handler).toBeTypeOf('function');
});

test('a cold start reads a fraction of what is uploaded', () => {
  bundle('receive-alert');
  const folder = folderOf('receive-alert');
  const bytes = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  const uploaded = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.mjs'),
  );
  expect(bytes(readAtStart(folder))).toBeLessThan(400_000);
  expect(bytes(readAtStart(folder))).toBeLessThan(bytes(uploaded) / 2);
});
