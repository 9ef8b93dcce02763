import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { List, ListedKind, RecordOf, StoredRecord } from '../../domain/records.ts';
import type { Page, PageRequest } from '../../workflow/engine/store-port.ts';
import { cursorAfter, startOf } from '../cursor.ts';
import { type Item, toRecord } from '../item.ts';
import { canExist, indexKeysOf, type Key } from '../keys.ts';
import { type ListPlace, placeOf } from '../list-keys.ts';
import { TABLE } from '../table.ts';
import type { Connection } from './connection.ts';
import { readKeys } from './read.ts';

/** What one request may read: so many answers of the table, and so many entries in each when a filter drops some. */
const MOST_ANSWERS = 5;
const ENTRIES_TO_FILTER = 200;

type Where = Record<string, string[]>;
type Asked = PageRequest & { place: ListPlace; where: Where };

const keyCondition = (place: ListPlace) => {
  const [pk, sk] = place.index ? [`${place.index}pk`, `${place.index}sk`] : ['pk', 'sk'];
  if (place.prefix !== undefined)
    return { text: `${pk} = :pk AND begins_with(${sk}, :prefix)`, values: { ':prefix': place.prefix } };
  if (!place.between) return { text: `${pk} = :pk`, values: {} };
  const [from, to] = place.between;
  return { text: `${pk} = :pk AND ${sk} BETWEEN :from AND :to`, values: { ':from': from, ':to': to } };
};

const filter = (where: Where) => {
  const fields = Object.entries(where);
  if (fields.length === 0) return { expression: {}, values: {} };
  const value = (field: number, at: number) => `:field${field}_${at}`;
  const anyOf = ([, wanted]: [string, string[]], field: number) =>
    `#field${field} IN (${wanted.map((_, at) => value(field, at)).join(', ')})`;
  return {
    expression: {
      FilterExpression: fields.map(anyOf).join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(fields.map(([name], field) => [`#field${field}`, name])),
    },
    values: Object.fromEntries(
      fields.flatMap(([, wanted], field) => wanted.map((text, at) => [value(field, at), text])),
    ),
  };
};

const query = ({ table, cost }: Connection, asked: Asked) => {
  const { place, where, limit } = asked;
  const key = keyCondition(place);
  const kept = filter(where);
  return {
    TableName: table,
    ...(place.index ? { IndexName: place.index } : { ConsistentRead: true }),
    KeyConditionExpression: key.text,
    ...kept.expression,
    ExpressionAttributeValues: { ':pk': place.pk, ...key.values, ...kept.values },
    ScanIndexForward: place.newestFirst === (asked.reversed ?? false),
    Limit: Object.keys(where).length > 0 ? ENTRIES_TO_FILTER : limit + 1,
    ...cost,
  };
};

/** Entries of one page, and the cursor of the next. Reads one more than asked for, to know whether that is the end. */
const entries = async (connection: Connection, asked: Asked) => {
  const { place, limit, cursor } = asked;
  const request = query(connection, asked);
  const found: Item[] = [];
  let start: Item | undefined = cursor === undefined ? undefined : startOf(place, cursor);
  for (let answers = 0; answers < MOST_ANSWERS && found.length <= limit; answers += 1) {
    const command = new QueryCommand({ ...request, ...(start ? { ExclusiveStartKey: start } : {}) });
    const answer = await connection.run('list', (client) => client.send(command));
    found.push(...(answer.Items ?? []));
    start = answer.LastEvaluatedKey;
    if (!start) break;
  }
  const last = found.length > limit ? found[limit - 1] : start;
  return { found: found.slice(0, limit), next: last ? cursorAfter(place, last) : null };
};

/** An index lags behind: what is no longer on this list is left out, though the index still says so. */
const isStillListed =
  ({ place, where }: Asked) =>
  (record: StoredRecord): boolean => {
    const fields = record as unknown as Item;
    const matches = Object.entries(where).every(([field, wanted]) => wanted.includes(String(fields[field])));
    return matches && (!place.index || indexKeysOf(record)[`${place.index}pk`] === place.pk);
  };

/** The record of an item, or none and word of it. */
const recordsOf =
  <K extends ListedKind>(kind: K, unreadable: PageRequest['unreadable']) =>
  (item: Item): RecordOf<K>[] => {
    try {
      return [toRecord(kind, item)];
    } catch (error) {
      if (!unreadable) throw error;
      unreadable(error);
      return [];
    }
  };

const isEmpty = ({ place, where }: Asked): boolean =>
  !canExist({ pk: place.pk, sk: place.prefix ?? '' }) ||
  Object.values(where).some((wanted) => wanted.length === 0) ||
  (place.between !== undefined && place.between[0] > place.between[1]);

const assertFilterable = ({ place, where }: Asked): void => {
  if (!place.index) return;
  const projected: readonly string[] = TABLE.indexes[place.index].projected;
  const unknown = Object.keys(where).filter((field) => !projected.includes(field));
  if (unknown.length > 0)
    throw new Error(`Lists cannot be filtered by ${unknown.join(', ')}: not on the index`);
};

/**
 * One page of a list. An index gives the keys and the items are read themselves, so that records are as they were
 * committed. With `where` a page may be short of `limit`, even empty, and still have a `next`.
 */
export const list = async <K extends ListedKind>(
  connection: Connection,
  of: List<K>,
  page: PageRequest,
): Promise<Page<RecordOf<K>>> => {
  const asked: Asked = { ...page, place: placeOf(of as List), where: page.where ?? {} };
  assertFilterable(asked);
  if (isEmpty(asked)) return { items: [], next: null };
  const { found, next } = await entries(connection, asked);
  const kind = of.of as K;
  const items = asked.place.index ? await readKeys(connection, found as unknown as Key[]) : found;
  const records = items.flatMap(recordsOf(kind, page.unreadable));
  return { items: records.filter(isStillListed(asked)), next };
};
