import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Key } from '../keys.ts';
import type { Item } from '../table.ts';
import { openQueue, type Queue } from './queue.ts';
import type { Row } from './row.ts';

/** The way to one database: reads see what is committed, writes go through the queue. */
export interface Connection {
  /** The fields of an item and its key; undefined when it is not there. */
  read(key: Key): Item | undefined;
  /** The rows of a query that is prepared once, each an array of its columns. */
  rows(query: string, values: SQLInputValue[]): Iterable<SQLInputValue[]>;
  /** Both only within a transaction. */
  write(row: Row): void;
  /** Writes the fields of an item that is there, and where it is on the due index; its other keys stay. */
  update(fields: Item, duesk?: string): void;
  remove(key: Key): number;
  transaction: Queue;
}

const COLUMNS = [
  ...['pk', 'sk', 'item', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk', 'duepk', 'duesk', 'expiresAt'],
] as const;

const PUT = `INSERT INTO items (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT (pk, sk) DO UPDATE SET ${COLUMNS.slice(2)
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`;

export const toFields = (text: SQLInputValue | undefined, key: Key): Item =>
  Object.assign(JSON.parse(String(text)) as Item, key);

/** `soon` says when waiting writes are committed: at the end of this turn of the event loop, unless told. */
export const connectionTo = (
  database: DatabaseSync,
  soon: (flush: () => void) => void = setImmediate,
): Connection => {
  const statements = new Map<string, StatementSync>();
  const prepared = (query: string): StatementSync => {
    const known = statements.get(query);
    if (known) return known;
    const statement = database.prepare(query);
    statement.setReturnArrays(true);
    statements.set(query, statement);
    return statement;
  };
  const get = prepared('SELECT item FROM items WHERE pk = ? AND sk = ?');
  const put = database.prepare(PUT);
  const update = database.prepare(
    'UPDATE items SET item = ?, duesk = coalesce(?, duesk) WHERE pk = ? AND sk = ?',
  );
  const remove = database.prepare('DELETE FROM items WHERE pk = ? AND sk = ?');
  return {
    read: ({ pk, sk }) => {
      const row = get.get(pk, sk) as unknown as SQLInputValue[] | undefined;
      return row && toFields(row[0], { pk, sk });
    },
    rows: (query, values) => prepared(query).iterate(...values) as unknown as Iterable<SQLInputValue[]>,
    write: (row) => void put.run(...row),
    update: ({ pk, sk, ...own }, duesk) =>
      void update.run(JSON.stringify(own), duesk ?? null, String(pk), String(sk)),
    remove: ({ pk, sk }) => Number(remove.run(pk, sk).changes),
    transaction: openQueue(database, soon),
  };
};
