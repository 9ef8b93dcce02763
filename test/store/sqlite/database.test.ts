import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { after } from '../../../shared/domain/time.ts';
import { openDatabase } from '../../../shared/store/sqlite/database.ts';
import { createSqliteStore } from '../../../shared/store/sqlite/store.ts';
import { NOW, numbered, SAMPLES } from '../samples.ts';

let folder: string;
let file: string;
const open: DatabaseSync[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-sqlite-'));
  file = join(folder, 'firebreak.sqlite');
});
afterEach(() => {
  for (const database of open.splice(0)) if (database.isOpen) database.close();
  rmSync(folder, { recursive: true, force: true });
});

const opened = (): DatabaseSync => {
  const database = openDatabase(file);
  open.push(database);
  return database;
};

const another = (): DatabaseSync => {
  const database = new DatabaseSync(file);
  open.push(database);
  return database;
};

test('only its owner can read any of its files', async () => {
  writeFileSync(file, '', { mode: 0o644 });
  await createSqliteStore({ database: opened() }).commit([{ put: SAMPLES.client }]);
  const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
  expect(Object.fromEntries(modes)).toEqual({
    'firebreak.sqlite': 0o600,
    'firebreak.sqlite-shm': 0o600,
    'firebreak.sqlite-wal': 0o600,
  });
});

test('what was committed is there when it is opened again', async () => {
  const database = opened();
  await createSqliteStore({ database }).commit([{ put: SAMPLES.client }]);
  database.close();
  expect(await createSqliteStore({ database: opened() }).get(SAMPLES.client)).toEqual(SAMPLES.client);
});

test('it waits for the disk with every commit, and readers never wait', () => {
  const database = opened();
  expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
});

test('a file of a newer version is refused with what to do', () => {
  opened().exec('PRAGMA user_version = 2');
  expect(() => openDatabase(file)).toThrow(/written by a newer version of Firebreak .*Start that version/);
});

test.each([
  ['text', () => writeFileSync(file, 'not a database at all, but long enough to be looked at'.repeat(40))],
  ['the database of something else', () => another().exec('CREATE TABLE other (id TEXT)')],
])('a file that is %s is refused, and left as it is', (_, make) => {
  make();
  const before = statSync(file).size;
  expect(() => openDatabase(file)).toThrow(/is not a Firebreak database/);
  expect(statSync(file).size).toBe(before);
});

test('a file that another process has locked is unavailable, and usable when it is let go', async () => {
  const store = createSqliteStore({ database: opened() });
  const other = another();
  other.exec('BEGIN IMMEDIATE');
  const outcomes = await Promise.allSettled([
    store.commit([{ put: SAMPLES.client }]),
    store.nextNumber('numbers'),
    store.claim(SAMPLES.page, NOW),
  ]);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'unavailable' } });
  other.exec('ROLLBACK');
  expect(await store.commit([{ put: SAMPLES.client }])).toBe('committed');
  expect(await store.nextNumber('numbers')).toBe(1);
});

test('a full disk is unavailable for what does not fit, and for nothing else', async () => {
  const database = opened();
  const store = createSqliteStore({ database });
  await store.commit([{ put: SAMPLES.page }]);
  const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
  database.exec(`PRAGMA max_page_count = ${pages}`);
  const large = { ...SAMPLES.client, mood: 'x'.repeat(100_000) };
  const [claimed, full] = await Promise.allSettled([
    store.claim(SAMPLES.page, NOW),
    store.commit([{ put: large, guard: 'new' }, { put: SAMPLES.use }]),
  ]);
  expect(full).toMatchObject({ reason: { code: 'unavailable', cause: { errcode: 13 } } });
  expect(claimed).toMatchObject({ value: { state: 'claimed', attempts: 1 } });
  expect(await store.getMany([SAMPLES.client, SAMPLES.use])).toEqual([]);
  database.exec(`PRAGMA max_page_count = ${pages + 1000}`);
  expect(await store.commit([{ put: large, guard: 'new' }])).toBe('committed');
});

test('what waits in the same turn goes to the disk together', async () => {
  const database = opened();
  const store = createSqliteStore({ database });
  const log = () => statSync(`${file}-wal`).size;
  const people = Array.from({ length: 50 }, (_, number) => ({
    ...SAMPLES.client,
    id: numbered('cli', number),
  }));
  const before = log();
  await Promise.all(people.map((put) => store.commit([{ put, guard: 'new' }])));
  const together = log() - before;
  const each = people.map((client) => ({ ...client, version: 2 }));
  for (const put of each) await store.commit([{ put, guard: 1 }]);
  expect(together * 4).toBeLessThan(log() - before - together);
});

test('what has expired is forgotten, and nothing else', async () => {
  const store = createSqliteStore({ database: opened() });
  const expiresAt = Date.parse(NOW) / 1000;
  const codes = Array.from({ length: 2500 }, (_, number) => ({
    ...SAMPLES['sms-code'],
    code: number,
    expiresAt,
  }));
  for (let at = 0; at < codes.length; at += 100)
    await store.commit(codes.slice(at, at + 100).map((put) => ({ put })));
  const kept = { ...SAMPLES['sms-code'], code: 9000, expiresAt: expiresAt + 60 };
  await store.commit([{ put: kept }, { put: SAMPLES.client }]);
  await store.nextNumber('numbers', { expiresAt });
  await store.forgetExpired(NOW);
  expect(await store.getMany(codes)).toHaveLength(2500);
  await store.forgetExpired(after(NOW, 'PT1S'));
  expect(await store.getMany<'sms-code' | 'client'>([...codes, kept, SAMPLES.client])).toEqual([
    kept,
    SAMPLES.client,
  ]);
  expect(await store.nextNumber('numbers')).toBe(1);
});

test('an index key that DynamoDB would refuse is refused', async () => {
  const store = createSqliteStore({ database: opened() });
  const named = { ...SAMPLES.client, name: 'x'.repeat(1024) };
  await expect(store.commit([{ put: named }])).rejects.toMatchObject({ name: 'ValidationException' });
});
