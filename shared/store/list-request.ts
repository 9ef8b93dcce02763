import type { Kind, List, RecordOf } from '../domain/records.ts';
import type { PageRequest } from '../workflow/engine/store-port.ts';
import { toRecord } from './item.ts';
import { canExist } from './keys.ts';
import { type ListPlace, placeOf } from './list-keys.ts';
import { type Item, TABLE } from './table.ts';

/** What one page may read when a filter drops some: so many rounds of so many entries. */
export const MOST_ROUNDS = 5;
export const ENTRIES_TO_FILTER = 200;

export type Asked = PageRequest & { place: ListPlace; where: Record<string, string[]> };

/** What is asked for, checked. */
export const askedOf = (list: List, page: PageRequest): Asked => {
  const asked = { ...page, place: placeOf(list), where: page.where ?? {} };
  requireFilterable(asked);
  return asked;
};

const requireFilterable = ({ place, where }: Asked): void => {
  if (!place.index) return;
  const projected: readonly string[] = TABLE.indexes[place.index].projected;
  const unknown = Object.keys(where).filter((field) => !projected.includes(field));
  if (unknown.length > 0)
    throw new Error(`Lists cannot be filtered by ${unknown.join(', ')}: not on the index`);
};

/** Nothing can be on it, so that nobody need look. */
export const isEmpty = ({ place, where }: Asked): boolean =>
  !canExist({ pk: place.pk, sk: place.prefix ?? '' }) ||
  Object.values(where).some((wanted) => wanted.length === 0) ||
  (place.between !== undefined && place.between[0] > place.between[1]);

export const passes =
  ({ where }: Asked) =>
  (fields: Item): boolean =>
    Object.entries(where).every(([field, wanted]) => wanted.includes(fields[field] as string));

/** The records of items; one that cannot be read is left out where somebody is there to be told of it. */
export const recordsOf = <K extends Kind>(
  kind: K,
  items: Item[],
  { unreadable }: PageRequest,
): RecordOf<K>[] =>
  items.flatMap((item): RecordOf<K>[] => {
    try {
      return [toRecord(kind, item)];
    } catch (error) {
      if (!unreadable) throw error;
      unreadable(error);
      return [];
    }
  });
