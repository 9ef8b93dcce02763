import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
/** Loaded on AWS only, or when `DYNAMODB_ENDPOINT` is set; then setup installs the development packages too. */
const ON_AWS = /^@aws-sdk\/|\/ports-on-aws\.ts$|\/store\/dynamodb\//;
const nameOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

const IMPORT = /^(?:import|export) (?!type\b)[^;]*?from '([^']+)'|^import '([^']+)'|\bimport\(\s*'([^']+)'/gm;

interface Imported {
  path: string;
  isLazy: boolean;
}
const importsOf = (file: string): Imported[] =>
  [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, from, bare, lazy]) => ({
    path: from ?? bare ?? lazy ?? '',
    isLazy: lazy !== undefined,
  }));

/** Follows every import, those at run time too; what only AWS needs must be one of those. */
const packagesFrom = (entries: string[]): string[] => {
  const files = new Set(entries);
  const packages = new Set<string>();
  for (const file of files)
    for (const { path, isLazy } of importsOf(file)) {
      if ((isLazy && ON_AWS.test(path)) || path.startsWith('node:')) continue;
      if (path.startsWith('.')) files.add(resolve(file, '..', path));
      else packages.add(nameOf(path));
    }
  return [...packages].toSorted();
};

const functions = (): string[] =>
  globSync('functions/**/*.ts', { cwd: ROOT }).map((file) => join(ROOT, file));

test('npm start installs what one machine loads, and nothing else', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const commands = ['launch.ts', 'backup-command.ts'].map((name) => join(ROOT, 'infra/local', name));
  const installed = Object.keys(dependencies).filter((name) => name !== 'node');
  expect(packagesFrom([...commands, ...functions()])).toEqual([...new Set(installed.map(nameOf))].toSorted());
});
