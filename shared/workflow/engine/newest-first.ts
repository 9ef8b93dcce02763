import { type Principal, readableClients } from '../../domain/directory/access.ts';
import type { List, ListedKind, RecordOf } from '../../domain/records.ts';
import { Refused } from '../../domain/refused.ts';
import type { ClientKind } from '../../domain/resources.ts';
import type { Ports } from './ports.ts';
import type { Page } from './store-port.ts';

const MOST_CLIENTS = 1000;
const MOST_ROUNDS = 5;
const FEWEST_EACH = 5;

/** The kinds that every client has a list of, newest first. */
export type OfClients = Extract<
  ListedKind,
  | ClientKind
  | 'alert'
  | 'change'
  | 'incident'
  | 'traffic-event'
  | 'provider-ticket'
  | 'provider-impact'
  | 'action-item'
  | 'review'
  | 'cause'
>;

type Listed<K extends OfClients> = RecordOf<K> & { id: string };

/** One list across several: whose lists, how many, from where, and which of the records. */
export interface Merge<K extends OfClients> {
  lists: (before: string | undefined) => List<K>[];
  limit: number;
  cursor?: string | undefined;
  /** Records it is not true of are left out; pages may then be short of `limit`, and still have a `next`. */
  where?: (record: RecordOf<K>) => boolean;
}

/** The clients whose lists a principal may read: the one asked for, or all of theirs. */
export const clientsFor = async (ports: Ports, principal: Principal, asked?: string): Promise<string[]> => {
  const readable = readableClients(principal);
  if (asked) return readable === '*' || readable.includes(asked) ? [asked] : [];
  return readable === '*' ? allClients(ports) : readable;
};

const allClients = async (ports: Ports): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ports.store.list({ of: 'client' }, { limit: 100, cursor });
    ids.push(...page.items.map((client) => client.id));
    cursor = page.next ?? undefined;
  } while (cursor && ids.length < MOST_CLIENTS);
  return ids;
};

/**
 * Merges lists that are each newest first into one that is too. Reads a little of each and shows only what no list
 * can still hold something newer than, so its cost follows the page and the number of lists.
 */
export const newestFirst = async <K extends OfClients>(
  ports: Ports,
  merge: Merge<K>,
): Promise<Page<RecordOf<K>>> => {
  const page: Filling<K> = {
    items: [],
    before: merge.cursor === undefined ? undefined : positionOf(merge.cursor),
  };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { seen, more } = await layer<K>(ports, merge, page.before);
    if (fill(page, merge, seen)) break;
    if (!more) return { items: page.items, next: null };
  }
  return { items: page.items, next: cursorAt(page.before) };
};

interface Filling<K extends OfClients> {
  items: RecordOf<K>[];
  /** The last record looked at. */
  before: string | undefined;
}

/** Takes what belongs on the page; true when it is full and something is left. */
const fill = <K extends OfClients>(page: Filling<K>, merge: Merge<K>, seen: Listed<K>[]): boolean => {
  for (const record of seen) {
    if (page.items.length === merge.limit) return true;
    if (!merge.where || merge.where(record)) page.items.push(record);
    page.before = record.id;
  }
  return false;
};

/** The next records of all lists together, and whether any list goes on behind them. */
const layer = async <K extends OfClients>(ports: Ports, merge: Merge<K>, before: string | undefined) => {
  const lists = merge.lists(before);
  const limit = Math.min(
    merge.limit + 1,
    Math.max(FEWEST_EACH, Math.ceil((2 * merge.limit) / Math.max(lists.length, 1))),
  );
  const pages = await Promise.all(lists.map((list) => firstOf<K>(ports, list, limit)));
  const horizon = pages.reduce((newest, page) => {
    const last = page.next === null ? undefined : (page.items.at(-1) as Listed<K> | undefined)?.id;
    return last !== undefined && last > newest ? last : newest;
  }, '');
  const all = pages.flatMap((page) => page.items as Listed<K>[]);
  const seen = all
    .filter((record) => record.id >= horizon)
    .sort((one, other) => (one.id < other.id ? 1 : -1));
  return { seen, more: horizon !== '' };
};

/** The first records of a list. An index that lags may name only what is not on it any more: then it is read on. */
const firstOf = async <K extends OfClients>(
  ports: Ports,
  list: List<K>,
  limit: number,
): Promise<Page<RecordOf<K>>> => {
  let page = await ports.store.list(list, { limit });
  for (let more = 0; page.items.length === 0 && page.next !== null && more < MOST_ROUNDS; more += 1)
    page = await ports.store.list(list, { limit, cursor: page.next });
  return page;
};

const cursorAt = (id: string | undefined): string | null =>
  id ? Buffer.from(id).toString('base64url') : null;

const POSITION = /^[a-z]{3}_[0-9A-Z]{26}$/;

const positionOf = (cursor: string): string => {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (POSITION.test(id) && cursorAt(id) === cursor) return id;
  throw new Refused('invalid', 'The cursor does not belong to this list.', [
    { path: 'query.cursor', message: 'must be the `next` of an earlier page of this list' },
  ]);
};
