import type { Instant } from '../domain/time.ts';
import type { Due, Rank } from '../workflow/engine/store-port.ts';
import { DUE_SHARDS, duePartition, promisedAt } from './keys.ts';

export interface DueRequest {
  now: Instant;
  oldestFirst: boolean;
  limit: number;
}

/** What the due index holds. */
export interface DueEntry {
  pk: string;
  sk: string;
  duesk: string;
}

const INSTANT_LENGTH = '2026-01-01T00:00:00.000Z'.length;

export const partitionsOf = (rank: Rank): string[] =>
  Array.from({ length: DUE_SHARDS }, (_, shard) => duePartition(rank, shard));

/** Sort keys are `<instant>#…`, and `$` comes right after `#`: everything up to and including now. */
export const endOf = (now: Instant): string => `${now}$`;

/** A key of a kind that only a newer version knows is left to that version. */
const toDue = (entry: DueEntry): Due[] => {
  const ref = promisedAt(entry);
  return ref ? [{ ref, dueAt: entry.duesk.slice(0, INSTANT_LENGTH) }] : [];
};

/** The entries of all shards in one order, up to the limit. */
export const merged = (shards: DueEntry[][], { oldestFirst, limit }: DueRequest): Due[] => {
  const sorted = shards.flat().sort((a, b) => (a.duesk < b.duesk === oldestFirst ? -1 : 1));
  return sorted.slice(0, limit).flatMap(toDue);
};
