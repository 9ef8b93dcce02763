import type { Guard, Write } from '../../workflow/engine/store-port.ts';
import { type Key, keyOf } from '../keys.ts';
import type { Item } from '../table.ts';
import type { Connection } from './connection.ts';
import { requireKey, requireTransaction } from './limits.ts';
import { type Row, recordRow } from './row.ts';

/** A write that is ready to be made: everything that could be wrong with it was found. */
interface Ready {
  key: Key;
  guard: Guard | undefined;
  size: number;
  row?: Row;
  removes?: boolean;
}

const ready = (write: Write): Ready => {
  if ('put' in write) return { key: keyOf(write.put), guard: write.guard, ...recordRow(write.put) };
  const removes = 'remove' in write;
  const key = keyOf(removes ? write.remove : write.check);
  requireKey(key);
  return { key, guard: write.guard, size: 0, removes };
};

const holds = (guard: Guard, there: Item | undefined): boolean => {
  if (guard === 'new') return there === undefined;
  if (guard === 'present') return there !== undefined && !('removing' in there);
  return there?.version === guard;
};

const holdsIn =
  ({ read }: Connection) =>
  ({ guard, key }: Ready): boolean =>
    guard === undefined || holds(guard, read(key));

/** Writes everything or nothing; `lost` when a guard did not hold. */
export const commit = async (connection: Connection, writes: Write[]): Promise<'committed' | 'lost'> => {
  if (writes.length === 0) return 'committed';
  const all = writes.map(ready);
  requireTransaction(
    all.map(({ key }) => key),
    all.reduce((sum, { size }) => sum + size, 0),
  );
  return connection.transaction(() => {
    if (!all.every(holdsIn(connection))) return 'lost';
    for (const { row, removes, key } of all) {
      if (row) connection.write(row);
      if (removes) connection.remove(key);
    }
    return 'committed';
  });
};
