import { digest } from '../domain/id.ts';
import { Refused } from '../domain/refused.ts';
import type { ListPlace } from './list-keys.ts';
import type { Item } from './table.ts';

/** The key attributes that say where one is in a list, besides its partition. */
const attributes = ({ index }: ListPlace): string[] => (index ? [`${index}sk`, 'pk', 'sk'] : ['sk']);

/** Tells a cursor of this list from any other. No secret: the partition read is the list's, whatever a cursor says. */
const check = (place: ListPlace, position: string[]): string => digest(JSON.stringify([place, position]));

const seal = (place: ListPlace, position: string[]): string =>
  Buffer.from(JSON.stringify([check(place, position), ...position])).toString('base64url');

/** The cursor that goes on after an entry of the list. */
export const cursorAfter = (place: ListPlace, entry: Item): string =>
  seal(
    place,
    attributes(place).map((name) => String(entry[name])),
  );

const parse = (cursor: string): string[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : [];
  } catch {
    return [];
  }
};

/** The key to go on after. Refuses what is not a cursor of this very list, to the last character. */
export const startOf = (place: ListPlace, cursor: string): Record<string, string> => {
  const [, ...position] = parse(cursor);
  const names = attributes(place);
  if (position.length !== names.length || seal(place, position) !== cursor)
    throw new Refused('invalid', 'The cursor does not belong to this list.', [
      { path: 'query.cursor', message: 'must be the `next` of an earlier page of this list' },
    ]);
  const partition = place.index ? { [`${place.index}pk`]: place.pk } : { pk: place.pk };
  return { ...partition, ...Object.fromEntries(names.map((name, at) => [name, position[at] ?? ''])) };
};
