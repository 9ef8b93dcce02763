import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { List, ListedKind, RecordOf, StoredRecord } from '../../domain/records.ts';
import type { Page, PageRequest } from '../../workflow/engine/store-port.ts';
import { cursorAfter, startOf } from '../cursor.ts';
import { indexKeysOf, type Key } from '../keys.ts';
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
import type { Connection } from './connection.ts';
import { readKeys } from './read.ts';

const keyCondition = (place: ListPlace) => {
  const [pk, sk] = place.index ? [`${place.index}pk`, `${place.index}sk`] : ['pk', 'sk'];
  if (place.prefix !== undefined)
    return { text: `${pk} = :pk AND begins_with(${sk}, :prefix)`, values: { ':prefix': place.prefix } };
  if (!place.between) return { text: `${pk} = :pk`, values: {} };
  const [from, to] = place.between;
  return { text: `${pk} = :pk AND ${sk} BETWEEN :from AND :to`, values: { ':from': from, ':to': to } };
};

const filter = (where: Asked['where']) => {
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
  for (let answers = 0; answers < MOST_ROUNDS && found.length <= limit; answers += 1) {
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
  (asked: Asked) =>
  (record: StoredRecord): boolean =>
    passes(asked)(record as unknown as Item) &&
    (!asked.place.index || indexKeysOf(record)[`${asked.place.index}pk`] === asked.place.pk);

/**
 * One page of a list. An index gives the keys and the items are read themselves, so that records are as they were
 * committed. With `where` a page may be short of `limit`, even empty, and still have a `next`.
 */
export const list = async <K extends ListedKind>(
  connection: Connection,
  of: List<K>,
  page: PageRequest,
): Promise<Page<RecordOf<K>>> => {
  const asked = askedOf(of as List, page);
  if (isEmpty(asked)) return { items: [], next: null };
  const { found, next } = await entries(connection, asked);
  const kind = of.of as K;
  const items = asked.place.index ? await readKeys(connection, found as unknown as Key[]) : found;
  const records = recordsOf(kind, items, page);
  return { items: records.filter(isStillListed(asked)), next };
};
