import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type * as z from 'zod';
import { Refused } from '../../shared/domain/refused.ts';

/** The database of a data folder. */
export const DATABASE = 'firebreak.sqlite';

export interface Folder {
  path: string;
  /** Lets another Firebreak have it. */
  release(): void;
}

/**
 * Makes the data folder, readable by its owner alone, and takes it for this process: the operating system gives it
 * free again when the process ends, however it ends. Refuses while another Firebreak has it.
 */
export const takeFolder = (wanted: string): Folder => {
  const path = make(wanted);
  const file = join(path, 'lock');
  writeFileSync(file, '', { mode: 0o600, flag: 'a' });
  const lock = new DatabaseSync(file);
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new Refused(
      'in-use',
      `Another Firebreak is running on ${path}: stop it first, or set FIREBREAK_DATA to another folder.`,
    );
  }
  return { path, release: () => lock.close() };
};

const make = (wanted: string): string => {
  try {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    chmodSync(wanted, 0o700);
    return realpathSync(wanted);
  } catch (error) {
    throw new Refused(
      'invalid',
      `Cannot use the data folder ${wanted} (${(error as Error).message}): set FIREBREAK_DATA to a folder that can be written.`,
    );
  }
};

/** What a small JSON file of the folder holds; undefined when it is not there. Refuses what Firebreak did not write. */
export const readKept = <T>(file: string, schema: z.ZodType<T>): T | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Refused('invalid', `${file} was changed. Restore the file, or remove it to create a new one.`);
  }
};

/** Replaces a small JSON file in one step, so that a kill leaves the old one or the new one. */
export const writeKept = (file: string, value: unknown): void => {
  writeFileSync(`${file}.new`, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};
