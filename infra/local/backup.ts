/**
 * `npm run backup`: copies the data of this machine while Firebreak runs. The database goes first and as of one moment,
 * so every file and every secret that it mentions is in the copy too.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Refused } from '../../shared/domain/refused.ts';
import { DATABASE } from './folder.ts';

/** Belong to the process that runs, or to SQLite. */
const NOT_COPIED = new Set([DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`, `${DATABASE}-journal`, 'lock']);
const OWNER_ONLY = 0o700;

interface Wanted {
  /** The data folder. */
  from: string;
  /** Where backups are kept, each in a folder of its own that is named by its time. */
  into: string;
  at: Date;
}

/**
 * Answers the folder of the new backup, which only its owner can read. It has that name only once it is complete.
 * @throws Refused when there is no data, or the copy cannot be written.
 */
export const backUp = ({ from, into, at }: Wanted): string => {
  if (!existsSync(join(from, DATABASE)))
    throw new Refused(
      'not-found',
      `There is no data in ${from}. Set FIREBREAK_DATA to the folder that has it.`,
    );
  const folder = join(into, at.toISOString().replace(/\.\d+/, '').replaceAll(':', '-'));
  const unfinished = `${folder}.unfinished`;
  try {
    mkdirSync(into, { recursive: true, mode: OWNER_ONLY });
    mkdirSync(unfinished, { mode: OWNER_ONLY });
    copyDatabase(join(from, DATABASE), join(unfinished, DATABASE));
    copyFiles(from, unfinished);
    renameSync(unfinished, folder);
    return folder;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Refused(
      'unavailable',
      `The backup could not be written to ${into} (${(error as Error).message}).`,
    );
  }
};

/** One read transaction of SQLite: writes go on meanwhile, and none of them is in the copy by half. */
const copyDatabase = (file: string, copy: string): void => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    database.prepare('VACUUM INTO ?').run(copy);
  } finally {
    database.close();
  }
  chmodSync(copy, 0o600);
};

const copyFiles = (from: string, into: string): void => {
  for (const name of readdirSync(from).filter((name) => !NOT_COPIED.has(name) && !name.endsWith('.new')))
    cpSync(join(from, name), join(into, name), { recursive: true, preserveTimestamps: true });
};

/**
 * Makes the data folder anew from a backup.
 * @throws Refused when there is data already, or that is no backup.
 */
export const restore = (backup: string, folder: string): void => {
  if (!existsSync(join(backup, DATABASE)))
    throw new Refused(
      'not-found',
      `There is no backup in ${backup}. Name the folder that "npm run backup" printed.`,
    );
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Refused(
      'in-use',
      `There is data in ${folder}. Stop Firebreak, move that folder away, and try again.`,
    );
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY });
  chmodSync(folder, OWNER_ONLY);
  cpSync(backup, folder, { recursive: true, preserveTimestamps: true });
};
