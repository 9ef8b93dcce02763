import type { RecordOf, Ref } from '../../domain/records.ts';
import { after, epoch, type Instant, instant } from '../../domain/time.ts';
import { toRecord } from '../item.ts';
import { counterKey, dueSortKey, keyOf } from '../keys.ts';
import { LEASE } from '../lease.ts';
import type { Item } from '../table.ts';
import type { Connection } from './connection.ts';
import { requireKey } from './limits.ts';
import { rowOf } from './row.ts';

type Claimed = RecordOf<'page'> | RecordOf<'notice'> | RecordOf<'effect'>;
type Claimable = Ref<'page'> | Ref<'notice'> | Ref<'effect'>;

const CLAIMABLE: unknown[] = ['promised', 'failed', 'claimed'];
const SECOND = 1000;

const mayBeClaimed = (kind: Claimable['kind'], item: Item, asOf: Instant): boolean =>
  typeof item.dueAt === 'string' &&
  item.dueAt <= asOf &&
  (kind === 'effect' || CLAIMABLE.includes(item.state));

/** Whoever moves the due time first has it; the claimed item is due again when the lease is over. */
export const claim = (
  { read, update, transaction }: Connection,
  ref: Claimable,
  { now, asOf }: { now: Instant; asOf: Instant },
): Promise<Claimed | undefined> => {
  const key = keyOf(ref);
  requireKey(key);
  const dueAt = after(now, LEASE);
  return transaction(() => {
    const item = read(key);
    if (!item || !mayBeClaimed(ref.kind, item, asOf)) return undefined;
    const claimed: Item = { ...item, attempts: Number(item.attempts) + 1, dueAt };
    if (ref.kind !== 'effect')
      Object.assign(claimed, { state: 'claimed', version: Number(item.version ?? 0) + 1 });
    update(claimed, dueSortKey(dueAt, key));
    return toRecord(ref.kind, claimed);
  });
};

export const nextNumber = (
  { read, write, transaction }: Connection,
  counter: string,
  { by = 1, expiresAt }: { by?: number; expiresAt?: number } = {},
): Promise<number> => {
  const key = counterKey(counter);
  requireKey(key);
  return transaction(() => {
    const before = read(key);
    const drawn = Number(before?.drawn ?? 0) + by;
    write(rowOf({ ...before, ...key, drawn, ...(expiresAt === undefined ? {} : { expiresAt }) }).row);
    return drawn;
  });
};

/** Counts a repeat once a second at most; leaves the version alone, so that no decision loses to it. */
export const countRepeat = async (
  { read, update, transaction }: Connection,
  alertId: string,
  now: Instant,
): Promise<void> => {
  const key = keyOf({ kind: 'alert', id: alertId });
  requireKey(key);
  const aSecondAgo = instant(epoch(now) - SECOND);
  const counts = (item: Item | undefined): item is Item =>
    typeof item?.lastAt === 'string' && item.lastAt <= aSecondAgo;
  // Most repeats of a storm come within the second, and need no transaction to find that out.
  if (!counts(read(key))) return;
  await transaction(() => {
    const item = read(key);
    if (counts(item)) update({ ...item, count: Number(item.count) + 1, lastAt: now });
  });
};
