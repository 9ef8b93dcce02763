import type { Kind } from '../domain/records.ts';
import type { Item } from './table.ts';

/** The shape of what is written; items of an older one are brought up to date when they are read. */
export const VERSION = 2;

/** What effects and timers of version 1 called what they do, where version 2 calls it otherwise. */
const RENAMED: Record<string, string> = {
  settle: 'reconcile',
  spread: 'fan-out',
  learn: 'record-outcome',
  recur: 'reopen-for-recurrence',
  track: 'sync-issue',
  tend: 'run-task',
};

/** Version 1 had `do` where version 2 has `type`. */
const typed = (attribute: 'perform' | 'command', item: Item): Item => {
  const { do: before, ...rest } = item[attribute] as Item;
  return { ...item, [attribute]: { ...rest, type: RENAMED[String(before)] ?? before } };
};

/** Brings an item of version 1 up to date, by kind. */
const UPGRADES: { [K in Kind]?: (item: Item) => Item } = {
  effect: (item) => typed('perform', item),
  timer: (item) => typed('command', item),
  'history-entry': ({ incidentId, ...item }) =>
    incidentId === undefined ? item : { ...item, kind: 'history-entry', subjectId: incidentId },
  fingerprint: (item) => ({ ...item, kind: 'fingerprint' }),
  'similar-incidents': (item) => ({ ...item, kind: 'similar-incidents' }),
  'alerts-open-at-resolve': (item) => ({ ...item, kind: 'alerts-open-at-resolve' }),
};

export const upToDate = (kind: Kind, item: Item): Item => {
  const from = typeof item.v === 'number' ? item.v : VERSION;
  return from < VERSION ? (UPGRADES[kind]?.(item) ?? item) : item;
};
