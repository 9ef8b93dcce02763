import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Refused } from '../../domain/refused.ts';
import { asRefusal, isNoDatabase } from './failure.ts';

const VERSION = 1;
/** How long to wait for another process that has the file, in milliseconds. Everything else waits meanwhile. */
const BUSY_TIMEOUT = 500;
/** In KiB, as SQLite counts it: what is open in a storm stays in memory. */
const CACHE = -32_000;
const OWNER_ONLY = 0o600;

/**
 * One row is one item: its keys and index keys beside its fields as JSON. The indexes hold only what is on them, in the
 * order of a list, and the due index all that a sweep reads.
 */
const SCHEMA = `
  CREATE TABLE items (
    pk TEXT NOT NULL, sk TEXT NOT NULL, item TEXT NOT NULL,
    gsi1pk TEXT, gsi1sk TEXT, gsi2pk TEXT, gsi2sk TEXT, duepk TEXT, duesk TEXT, expiresAt REAL,
    PRIMARY KEY (pk, sk)
  );
  CREATE INDEX gsi1 ON items (gsi1pk, gsi1sk, pk, sk) WHERE gsi1pk IS NOT NULL;
  CREATE INDEX gsi2 ON items (gsi2pk, gsi2sk, pk, sk) WHERE gsi2pk IS NOT NULL;
  CREATE INDEX due ON items (duepk, duesk, pk, sk) WHERE duepk IS NOT NULL;
  CREATE INDEX expiry ON items (expiresAt) WHERE expiresAt IS NOT NULL;
  PRAGMA user_version = ${VERSION};`;

/**
 * Opens the database of a file, or one in memory (`:memory:`), and makes its table when it is new. Only the owner of
 * the file can read it. What is committed survives the loss of power.
 * @throws Refused when the file cannot be used; the message says why and what to do.
 */
export const openDatabase = (file: string): DatabaseSync => {
  if (file !== ':memory:') restrict(file);
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
  try {
    prepare(database, file);
    return database;
  } catch (error) {
    database.close();
    throw isNoDatabase(error) ? notOurs(file) : asRefusal(error);
  }
};

/** SQLite gives its log and its shared memory the mode of the database. */
const restrict = (file: string): void => {
  writeFileSync(file, '', { mode: OWNER_ONLY, flag: 'a' });
  for (const part of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(part)) chmodSync(part, OWNER_ONLY);
};

const prepare = (database: DatabaseSync, file: string): void => {
  const version = numberIn(database, 'PRAGMA user_version');
  if (version > VERSION) throw tooNew(file, version);
  const isNew = numberIn(database, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (version === 0 && !isNew) throw notOurs(file);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = ${CACHE}`);
  if (isNew) database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`);
};

const numberIn = (database: DatabaseSync, query: string): number =>
  Number(Object.values(database.prepare(query).get() ?? {})[0]);

const tooNew = (file: string, version: number): Refused =>
  new Refused(
    'invalid',
    `${file} was written by a newer version of Firebreak (schema ${version}; this version knows ${VERSION}). Start that version, or use another data folder.`,
  );

const notOurs = (file: string): Refused =>
  new Refused('invalid', `${file} is not a Firebreak database. Move it away, or use another data folder.`);
