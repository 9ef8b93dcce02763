/** The table as a workflow sees it: records in, records out, one transactional commit. */

import type { Kind, List, ListedKind, RecordOf, Ref, StoredRecord } from '../../domain/records.ts';
import type { Instant } from '../../domain/time.ts';

export interface Store {
  /** One record; strongly consistent, so that a decision stands on what was committed. */
  get<K extends Kind>(ref: Ref<K>): Promise<RecordOf<K> | undefined>;
  /** Many records by reference, in one request up to 100; what is missing is left out. */
  getMany<K extends Kind>(refs: Ref<K>[]): Promise<RecordOf<K>[]>;
  /** A page of a list. May hold fewer than `limit` when a filter left some out; the end is `next: null`. */
  list<K extends ListedKind>(list: List<K>, page: PageRequest): Promise<Page<RecordOf<K>>>;
  /** Draws the next number of a counter. Gaps are fine; the same number twice is not possible.
   * `by` is 1 unless told; `expiresAt` is when the table may forget the counter, in seconds since 1970. */
  nextNumber(counter: string, options?: { by?: number; expiresAt?: number }): Promise<number>;
  /** Writes everything or nothing. `lost` means that a guard did not hold: read again and decide again. */
  commit(writes: Write[]): Promise<'committed' | 'lost'>;
  /**
   * Takes a promise for `lease` so that nobody else performs it; undefined when it is not there to be taken. `asOf`
   * overlooks what is not over before then: for whoever knows that those who hold the leases are dead.
   */
  claim(
    ref: Ref<'page'> | Ref<'notice'> | Ref<'effect'>,
    now: Instant,
    asOf?: Instant,
  ): Promise<RecordOf<'page'> | RecordOf<'notice'> | RecordOf<'effect'> | undefined>;
  /** What is due on one rank at `now`: references only, from the newest or from the oldest. */
  due(rank: Rank, options: { now: Instant; oldestFirst: boolean; limit: number }): Promise<Due[]>;
  /** Adds one to an alert's count and moves its last time, if that is a second or more ago. */
  countRepeat(alertId: string, now: Instant): Promise<void>;
  /** Removes what has expired by `now`, where the table does not do so by itself. */
  forgetExpired(now: Instant): Promise<void>;
}

/** `new`: it must not be there yet. A number: it must be there in exactly this version. `present`: it must be there, and not about to be removed. */
export type Guard = 'new' | 'present' | number;

export type Write =
  | { put: StoredRecord; guard?: Guard }
  | { remove: Ref; guard?: Guard }
  /** Writes nothing, but the others only go through while this holds. */
  | { check: Ref; guard: 'present' | number };

export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
  /** From the other end of the list. */
  reversed?: boolean;
  /** Keeps only records whose field has one of the values; applied after reading, so pages may be short. */
  where?: Record<string, string[]>;
  /** Told of each record that cannot be read, which is then left out; without it, one fails the whole page. */
  unreadable?: (error: unknown) => void;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/**
 * What a sweep tells apart: pages by how bad it is, timers, notices, effects that somebody may wait for, and what is
 * learned, for which nobody waits.
 */
export type Rank = 'page-sev1' | 'page-sev2' | 'page-other' | 'timer' | 'effect' | 'notice' | 'background';

export interface Due {
  ref: Ref<'page'> | Ref<'notice'> | Ref<'effect'> | Ref<'timer'>;
  dueAt: Instant;
}
