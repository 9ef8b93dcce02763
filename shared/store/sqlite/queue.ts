import type { DatabaseSync } from 'node:sqlite';
import { asRefusal } from './failure.ts';

/** Runs work that writes, and resolves to what it returned once that is committed. The work may run twice. */
export type Queue = <T>(work: () => T) => Promise<T>;

interface Job {
  run(): void;
  committed(): void;
  failed(error: unknown): void;
}

const jobOf = <T>(work: () => T, resolve: (answer: T) => void, reject: (error: unknown) => void): Job => {
  let answer: T;
  return {
    run: () => {
      answer = work();
    },
    committed: () => resolve(answer),
    failed: (error) => reject(asRefusal(error)),
  };
};

/** Resolves nobody; throws when nothing of it was written. */
const transact = (database: DatabaseSync, jobs: Job[]): void => {
  try {
    for (const job of jobs) job.run();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};

/** When the transaction cannot even begin, the file is locked: trying each alone would only wait as often. */
const begin = (database: DatabaseSync, jobs: Job[]): boolean => {
  try {
    database.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    for (const job of jobs) job.failed(error);
    return false;
  }
};

const attempt = (database: DatabaseSync, jobs: Job[]): void => {
  if (!begin(database, jobs)) return;
  try {
    transact(database, jobs);
  } catch (error) {
    if (jobs.length > 1) for (const job of jobs) attempt(database, [job]);
    else jobs[0]?.failed(error);
    return;
  }
  for (const job of jobs) job.committed();
};

/**
 * Everything that waits in the same turn of the event loop goes into one transaction, and so onto the disk at once: in
 * a storm that is what takes the time. When one work fails, each is tried in a transaction of its own.
 */
export const openQueue = (database: DatabaseSync, soon: (flush: () => void) => void): Queue => {
  let waiting: Job[] = [];
  const flush = (): void => {
    const jobs = waiting;
    waiting = [];
    attempt(database, jobs);
  };
  return (work) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) soon(flush);
      waiting.push(jobOf(work, resolve, reject));
    });
};
