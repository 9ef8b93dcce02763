import type { SQLInputValue } from 'node:sqlite';
import type { List, ListedKind, RecordOf } from '../../domain/records.ts';
import type { Page, PageRequest } from '../../workflow/engine/store-port.ts';
import { cursorAfter, startOf } from '../cursor.ts';
import type { ListPlace } from '../list-keys.ts';
import {
  type Asked,
  askedOf,
  ENTRIES_TO_FILTER,
  isEmpty,
  MOST_ROUNDS,
  passes,
  recordsOf,
} from '../list-request.ts';
import type { Item } from '../table.ts';
import { type Connection, toFields } from './connection.ts';

/** Sorts after every text that has a place on a list. */
const LAST = '\u{10ffff}';

const bounds = ({ prefix, between }: ListPlace): [string, string] =>
  between ?? (prefix === undefined ? ['', LAST] : [prefix, `${prefix}${LAST}`]);

/** The statement of a list and what goes into it. Its texts are few, so that each is prepared once. */
const query = (asked: Asked, most: number): [string, SQLInputValue[]] => {
  const { place, cursor, reversed = false } = asked;
  const index = place.index ?? '';
  const [order, beyond] = place.newestFirst === reversed ? ['ASC', '>'] : ['DESC', '<'];
  const position = place.index ? [`${index}sk`, 'pk', 'sk'] : ['sk'];
  const start = cursor === undefined ? undefined : startOf(place, cursor);
  const after = start
    ? ` AND (${position.join(', ')}) ${beyond} (${position.map(() => '?').join(', ')})`
    : '';
  return [
    `SELECT item, pk, sk, ${index}sk FROM items WHERE ${index}pk = ? AND ${index}sk BETWEEN ? AND ?${after}
      ORDER BY ${position.map((name) => `${name} ${order}`).join(', ')} LIMIT ?`,
    [place.pk, ...bounds(place), ...(start ? position.map((name) => start[name] ?? '') : []), most],
  ];
};

const entryOf = (place: ListPlace, [text, pk, sk, indexed]: SQLInputValue[]): Item => ({
  ...toFields(text, { pk: String(pk), sk: String(sk) }),
  ...(place.index ? { [`${place.index}sk`]: indexed } : {}),
});

/** Entries of one page, and the cursor of the next. Reads one more than asked for, to know whether that is the end. */
const entries = (connection: Connection, asked: Asked) => {
  const { place, limit, where } = asked;
  const most = Object.keys(where).length > 0 ? MOST_ROUNDS * ENTRIES_TO_FILTER : limit + 1;
  const isKept = passes(asked);
  const found: Item[] = [];
  let seen = 0;
  let last: Item | undefined;
  for (const row of connection.rows(...query(asked, most))) {
    seen += 1;
    last = entryOf(place, row);
    if (isKept(last)) found.push(last);
    if (found.length > limit) break;
  }
  const end = found.length > limit ? found[limit - 1] : seen === most ? last : undefined;
  return { found: found.slice(0, limit), next: end ? cursorAfter(place, end) : null };
};

/** One page of a list. With `where` a page may be short of `limit`, even empty, and still have a `next`. */
export const list = <K extends ListedKind>(
  connection: Connection,
  of: List<K>,
  page: PageRequest,
): Page<RecordOf<K>> => {
  const asked = askedOf(of as List, page);
  if (isEmpty(asked)) return { items: [], next: null };
  const { found, next } = entries(connection, asked);
  return { items: recordsOf(of.of as K, found, page), next };
};
