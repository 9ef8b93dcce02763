import { unavailable } from '../unavailable.ts';

/** SQLite's primary result codes. */
const PASSING = {
  SQLITE_BUSY: 5,
  SQLITE_LOCKED: 6,
  SQLITE_NOMEM: 7,
  SQLITE_IOERR: 10,
  SQLITE_FULL: 13,
  SQLITE_CANTOPEN: 14,
};
const SQLITE_NOTADB = 26;

/** An extended code has the primary one in its lowest byte. */
const codeOf = (error: unknown): number => ((error as { errcode?: number }).errcode ?? 0) & 0xff;

export const isNoDatabase = (error: unknown): boolean => codeOf(error) === SQLITE_NOTADB;

/** A full disk, a locked file and the like become `Refused('unavailable')`; anything else stays as it is. */
export const asRefusal = (error: unknown): unknown =>
  Object.values(PASSING).includes(codeOf(error)) ? unavailable(error) : error;
