import type { DatabaseSync } from 'node:sqlite';
import type { Kind, RecordOf, Ref, StoredRecord } from '../../domain/records.ts';
import { epoch, type Instant } from '../../domain/time.ts';
import type { Due, Rank, Store } from '../../workflow/engine/store-port.ts';
import { type DueEntry, type DueRequest, endOf, merged, partitionsOf } from '../due-entries.ts';
import { toRecord } from '../item.ts';
import { canExist, keyOf } from '../keys.ts';
import { commit } from './commit.ts';
import { type Connection, connectionTo } from './connection.ts';
import { asRefusal } from './failure.ts';
import { list } from './lists.ts';
import { claim, countRepeat, nextNumber } from './update.ts';

export interface SqliteStoreOptions {
  database: DatabaseSync;
  /** Told of the records that a commit put. Must not throw: the commit has gone through. */
  afterCommit?: (written: StoredRecord[]) => void;
  /** When writes that wait are committed; at the end of this turn of the event loop, unless told. */
  soon?: (flush: () => void) => void;
}

/** How much is forgotten in one transaction, so that nobody waits long for it. */
const FORGOTTEN_AT_ONCE = 1000;

const get = <K extends Kind>({ read }: Connection, ref: Ref<K>): RecordOf<K> | undefined => {
  const key = keyOf(ref);
  const item = canExist(key) ? read(key) : undefined;
  return item && toRecord<K>(ref.kind as K, item);
};

const due = ({ rows }: Connection, rank: Rank, request: DueRequest): Due[] => {
  const query = `SELECT pk, sk, duesk FROM items WHERE duepk = ? AND duesk < ?
    ORDER BY duesk ${request.oldestFirst ? 'ASC' : 'DESC'} LIMIT ?`;
  const shards = partitionsOf(rank).map((partition) =>
    Array.from(rows(query, [partition, endOf(request.now), request.limit]), ([pk, sk, duesk]): DueEntry => {
      return { pk: String(pk), sk: String(sk), duesk: String(duesk) };
    }),
  );
  return merged(shards, request);
};

const forgetExpired = async ({ rows, remove, transaction }: Connection, now: Instant): Promise<void> => {
  const query = 'SELECT pk, sk FROM items WHERE expiresAt < ? LIMIT ?';
  const expired = () =>
    Array.from(rows(query, [epoch(now) / 1000, FORGOTTEN_AT_ONCE]), ([pk, sk]) => ({
      pk: String(pk),
      sk: String(sk),
    }));
  for (let left = expired(); left.length > 0; left = expired())
    await transaction(() => left.forEach((key) => void remove(key)));
};

/** Reads answer at once; they are promises as the port wants them. */
const answered = async <T>(work: () => T | Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw asRefusal(error);
  }
};

/**
 * The store on SQLite, for one process on one machine. A write is on the disk before its promise resolves. A full disk
 * or a locked file is `Refused('unavailable')`; an item that cannot be read throws an error that names it.
 */
export const createSqliteStore = ({ database, afterCommit, soon }: SqliteStoreOptions): Store => {
  const connection = connectionTo(database, soon);
  return {
    get: (ref) => answered(() => get(connection, ref)),
    getMany: (refs) => answered(() => refs.flatMap((ref) => get(connection, ref) ?? [])),
    list: (of, page) => answered(() => list(connection, of, page)),
    nextNumber: (counter, options) => answered(() => nextNumber(connection, counter, options)),
    commit: async (writes) => {
      const outcome = await answered(() => commit(connection, writes));
      if (outcome === 'committed')
        afterCommit?.(writes.flatMap((write) => ('put' in write ? [write.put] : [])));
      return outcome;
    },
    claim: (ref, now, asOf = now) => answered(() => claim(connection, ref, { now, asOf })),
    due: (rank, request) => answered(() => due(connection, rank, request)),
    countRepeat: (alertId, now) => answered(() => countRepeat(connection, alertId, now)),
    forgetExpired: (now) => answered(() => forgetExpired(connection, now)),
  };
};
