import type { SQLInputValue } from 'node:sqlite';
import type { StoredRecord } from '../../domain/records.ts';
import { toItem } from '../item.ts';
import { type Item, TABLE } from '../table.ts';
import { requireIndexKeys, requireKey, requireSize } from './limits.ts';
import { plainItem } from './plain.ts';

/** The columns of an item, in the order of `connection.ts`. */
export type Row = SQLInputValue[];

/** An item as it is written: its keys in columns, so that they are not in its text. */
export const rowOf = (fields: Item): { row: Row; size: number } => {
  const { pk, sk, gsi1pk, gsi1sk, gsi2pk, gsi2sk, duepk, duesk, ...own } = fields as Record<string, string>;
  const keys = [gsi1pk, gsi1sk, gsi2pk, gsi2sk, duepk, duesk];
  requireKey({ pk: pk ?? '', sk: sk ?? '' });
  if (keys.some((key) => key !== undefined)) requireIndexKeys(fields);
  const text = JSON.stringify(own);
  const expiresAt: unknown = own[TABLE.timeToLive];
  return {
    row: [
      pk ?? '',
      sk ?? '',
      text,
      ...keys.map((key) => key ?? null),
      typeof expiresAt === 'number' ? expiresAt : null,
    ],
    size: requireSize(fields, text),
  };
};

export const recordRow = (record: StoredRecord): { row: Row; size: number } =>
  rowOf(plainItem(toItem(record)));
