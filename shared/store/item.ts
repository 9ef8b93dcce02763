import { type Kind, RECORDS, type RecordOf, type StoredRecord } from '../domain/records.ts';
import { indexKeysOf, type Key, keyOf } from './keys.ts';
import type { Item } from './table.ts';
import { upToDate, VERSION } from './upgrades.ts';

const OURS = new Set(['pk', 'sk', 'v', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk', 'duepk', 'duesk']);

/** A record as it is written: its own fields, those that this version does not know included, and its keys made anew. */
export const toItem = (record: StoredRecord): Item => ({
  ...record,
  ...keyOf(record),
  ...indexKeysOf(record),
  v: VERSION,
});

/** The error names the item and the fields, and holds none of their values: those may be personal. */
export const toRecord = <K extends Kind>(kind: K, item: Item): RecordOf<K> => {
  const own = Object.fromEntries(Object.entries(upToDate(kind, item)).filter(([name]) => !OURS.has(name)));
  const parsed = RECORDS[kind].safeParse(own);
  if (parsed.success) return parsed.data as RecordOf<K>;
  const { pk, sk } = item as unknown as Key;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Error(`The item ${pk} / ${sk} is not a readable ${kind}: ${problems}`);
};
