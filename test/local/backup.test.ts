import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backUp, restore } from '../../infra/local/backup.ts';

const AT = new Date('2026-11-29T06:40:00.123Z');

let root: string;
let from: string;
let into: string;
let database: DatabaseSync;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'firebreak-backup-'));
  from = join(root, 'data');
  into = join(root, 'backups');
  mkdirSync(join(from, 'files/clients'), { recursive: true });
  for (const name of ['secrets.json', 'messages.jsonl', 'lock', 'vault.json.new', 'files/clients/a.png'])
    writeFileSync(join(from, name), name, { mode: 0o600 });
  database = new DatabaseSync(join(from, 'firebreak.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA user_version = 7; CREATE TABLE items (n)');
});
afterEach(() => {
  if (database.isOpen) database.close();
  rmSync(root, { recursive: true, force: true });
});

const countIn = (file: string): unknown => {
  const copy = new DatabaseSync(file);
  const row = copy.prepare('SELECT count(*) AS n FROM items').get();
  const version = copy.prepare('PRAGMA user_version').get();
  copy.close();
  return { ...row, ...version };
};
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const insert = (): void => database.exec('INSERT INTO items VALUES (1)');

describe('a backup', () => {
  test('is a folder named by its time with all that belongs to the data, for its owner alone', () => {
    insert();
    const folder = backUp({ from, into, at: AT });
    expect(folder).toBe(join(into, '2026-11-29T06-40-00Z'));
    expect(readdirSync(folder).toSorted()).toEqual([
      'files',
      'firebreak.sqlite',
      'messages.jsonl',
      'secrets.json',
    ]);
    expect(readFileSync(join(folder, 'files/clients/a.png'), 'utf8')).toBe('files/clients/a.png');
    expect(['', 'firebreak.sqlite', 'secrets.json'].map((name) => modeOf(join(folder, name)))).toEqual([
      '700',
      '600',
      '600',
    ]);
  });

  test('holds what was committed, and nothing of a transaction under way', () => {
    insert();
    database.exec('BEGIN');
    insert();
    const folder = backUp({ from, into, at: AT });
    database.exec('COMMIT');
    expect(countIn(join(folder, 'firebreak.sqlite'))).toEqual({ n: 1, user_version: 7 });
  });

  test('can be made while Firebreak is stopped', () => {
    insert();
    database.close();
    expect(countIn(join(backUp({ from, into, at: AT }), 'firebreak.sqlite'))).toMatchObject({ n: 1 });
  });

  test('that fails leaves nothing behind, and says why', () => {
    database.close();
    writeFileSync(join(from, 'firebreak.sqlite'), 'no database at all, but long enough to be looked at');
    expect(() => backUp({ from, into, at: AT })).toThrow(/^The backup could not be written to .*\)\.$/);
    expect(readdirSync(into)).toEqual([]);
  });

  test('of a folder without data is refused', () => {
    expect(() => backUp({ from: into, into, at: AT })).toThrow(/^There is no data in /);
  });

  test('is restored into an empty folder only', () => {
    insert();
    const folder = backUp({ from, into, at: AT });
    expect(() => restore(folder, from)).toThrow(/^There is data in .*Stop Firebreak, move that folder away/);
    expect(() => restore(into, join(root, 'new'))).toThrow(/^There is no backup in /);
    restore(folder, join(root, 'new'));
    expect(countIn(join(root, 'new/firebreak.sqlite'))).toEqual({ n: 1, user_version: 7 });
    expect(readFileSync(join(root, 'new/secrets.json'), 'utf8')).toBe('secrets.json');
  });
});
