import type { StoredRecord } from '../../domain/records.ts';
import type { Store } from '../../workflow/engine/store-port.ts';
import { claim } from './claim.ts';
import { commit, recordsPut } from './commit.ts';
import { type ConnectionOptions, connection } from './connection.ts';
import { countRepeat, nextNumber } from './count.ts';
import { due } from './due.ts';
import { list } from './lists.ts';
import { get, getMany } from './read.ts';

export interface StoreOptions extends ConnectionOptions {
  /** Told of the records that a commit put, where no stream does so. Must not throw: the commit has gone through. */
  afterCommit?: (written: StoredRecord[]) => void;
}

/**
 * The store on DynamoDB. Trouble that passes (throttling, outages, the network) is thrown as `Refused('unavailable')`
 * after the SDK's retries; an item that cannot be read throws an error that names it.
 */
export const createStore = ({ afterCommit, ...options }: StoreOptions): Store => {
  const table = connection(options);
  return {
    get: (ref) => get(table, ref),
    getMany: (refs) => getMany(table, refs),
    list: (of, page) => list(table, of, page),
    nextNumber: (counter, options) => nextNumber(table, counter, options),
    commit: async (writes) => {
      const outcome = await commit(table, writes);
      if (outcome === 'committed') afterCommit?.(recordsPut(writes));
      return outcome;
    },
    claim: (ref, now, asOf = now) => claim(table, ref, { now, asOf }),
    due: (rank, options) => due(table, rank, options),
    countRepeat: (alertId, now) => countRepeat(table, alertId, now),
    forgetExpired: async () => {},
  };
};
