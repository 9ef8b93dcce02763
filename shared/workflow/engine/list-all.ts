import type { List, ListedKind, RecordOf } from '../../domain/records.ts';
import type { Ports } from './ports.ts';
import type { PageRequest } from './store-port.ts';

const PAGE = 100;

/** Every record of a list, read page by page as far as it is asked for. */
export async function* listAll<K extends ListedKind>(
  { store }: Pick<Ports, 'store'>,
  list: List<K>,
  options: Pick<PageRequest, 'unreadable'> = {},
): AsyncGenerator<RecordOf<K>> {
  let cursor: string | undefined;
  do {
    const { items, next } = await store.list(list, { ...options, limit: PAGE, cursor });
    yield* items;
    cursor = next ?? undefined;
  } while (cursor);
}

/** All records of a list that is bounded where it is written. */
export const all = <K extends ListedKind>(
  ports: Pick<Ports, 'store'>,
  list: List<K>,
): Promise<RecordOf<K>[]> => Array.fromAsync(listAll(ports, list));
