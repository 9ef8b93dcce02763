import { expect, test } from 'vitest';
import { ulid } from '../../shared/domain/id.ts';
import type { List, ListedKind, StoredRecord } from '../../shared/domain/records.ts';
import { instant } from '../../shared/domain/time.ts';
import type { PageRequest, Store } from '../../shared/workflow/engine/store-port.ts';
import { onEachStore } from './each-store.ts';
import { NOW, numbered, SAMPLES } from './samples.ts';

const { alert, incident, page, person } = SAMPLES;

const fill = async (store: Store, records: StoredRecord[]): Promise<void> => {
  for (let at = 0; at < records.length; at += 100)
    await store.commit(records.slice(at, at + 100).map((put) => ({ put })));
};

const pagesOf = async (store: Store, list: List, request: PageRequest): Promise<StoredRecord[][]> => {
  const pages: StoredRecord[][] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const answer = await store.list<ListedKind>(list, { ...request, cursor: cursor ?? undefined });
    pages.push(answer.items);
    cursor = answer.next;
  }
  return pages;
};

const all = async (store: Store, list: List, request: PageRequest = { limit: 100 }) =>
  (await pagesOf(store, list, request)).flat();

const many = <R extends StoredRecord>(count: number, make: (number: number) => R): R[] =>
  Array.from({ length: count }, (_, number) => make(number));

const incidents = many(250, (number) => ({
  ...incident,
  id: numbered('inc', number),
  status: number % 5 === 0 ? ('triggered' as const) : ('resolved' as const),
}));

const lists: [List, StoredRecord[]][] = [
  [{ of: 'client' }, [SAMPLES.client]],
  [{ of: 'person' }, [person]],
  [{ of: 'escalation-policy' }, [SAMPLES['escalation-policy']]],
  [{ of: 'schedule' }, [SAMPLES.schedule]],
  [{ of: 'api-key' }, [SAMPLES['api-key']]],
  [{ of: 'service', clientId: 'cli_1' }, [SAMPLES.service]],
  [{ of: 'service', clientId: 'cli_2' }, []],
  [{ of: 'integration', clientId: 'cli_1' }, [SAMPLES.integration]],
  [{ of: 'change', clientId: 'cli_1' }, [SAMPLES.change]],
  [{ of: 'alert', clientId: 'cli_1' }, [alert]],
  [{ of: 'alert', incidentId: 'inc_1' }, [alert]],
  [{ of: 'alert', incidentId: 'inc_2' }, []],
  [{ of: 'incident', clientId: 'cli_1' }, [incident]],
  [{ of: 'incident', clientId: 'cli_1', status: 'triggered' }, [incident]],
  [{ of: 'incident', clientId: 'cli_1', status: 'resolved' }, []],
  [{ of: 'incident', clientId: 'x'.repeat(3000) }, []],
  [{ of: 'history-entry', subjectId: 'inc_1' }, [SAMPLES['history-entry']]],
  [{ of: 'page', incidentId: 'inc_1' }, [page]],
  [{ of: 'page', incidentId: 'inc_1', prefix: '1-0-' }, [page]],
  [{ of: 'page', incidentId: 'inc_1', prefix: '2-' }, []],
  [{ of: 'page', incidentId: '' }, []],
  [{ of: 'open-alert', incidentId: 'inc_1' }, [SAMPLES['open-alert']]],
  [{ of: 'use', usedId: 'pol_1' }, [SAMPLES.use]],
  [{ of: 'tracker', clientId: 'cli_1' }, [SAMPLES.tracker]],
  [{ of: 'tracked-issue', trackerId: 'trk_1' }, [SAMPLES['tracked-issue']]],
  [{ of: 'tracked-issue', trackerId: 'trk_2' }, []],
];

onEachStore((open) => {
  test.each(lists)(
    'among records of every kind, the list %o holds what belongs to it',
    async (list, records) => {
      const { store } = await open();
      await fill(store, Object.values(SAMPLES));
      expect(await store.list<ListedKind>(list, { limit: 10 })).toEqual({ items: records, next: null });
    },
  );

  test('the whole installation is listed by name without case, and equal names by id', async () => {
    const { store } = await open();
    const names = ['bo', 'Bo Ann', 'Bo', 'ada', 'Ço', 'BO#2'];
    await fill(
      store,
      names.map((name, number) => ({ ...person, id: numbered('per', number), name })),
    );
    const found = (await all(store, { of: 'person' })) as { name: string }[];
    expect(found.map(({ name }) => name)).toEqual(['ada', 'bo', 'Bo', 'Bo Ann', 'BO#2', 'Ço']);
  });

  test.each([1, 7, 50, 100, 250, 300])(
    '250 incidents in pages of %d: each once, newest first, full pages',
    async (limit) => {
      const { store } = await open();
      await fill(store, incidents);
      const pages = await pagesOf(store, { of: 'incident', clientId: 'cli_1' }, { limit });
      expect(pages.flat()).toEqual([...incidents].reverse());
      expect(pages.slice(0, -1).every((items) => items.length === limit)).toBe(true);
      expect(pages).toHaveLength(Math.ceil(250 / limit));
    },
  );

  test.each([3, 10, 50])('a list of one status holds it alone, in pages of %d', async (limit) => {
    const { store } = await open();
    await fill(store, incidents);
    const triggered = incidents.filter(({ status }) => status === 'triggered').reverse();
    expect(await all(store, { of: 'incident', clientId: 'cli_1', status: 'triggered' }, { limit })).toEqual(
      triggered,
    );
  });

  test.each([3, 50, 100])('a filter over pages of %d loses nothing and repeats nothing', async (limit) => {
    const { store } = await open();
    const alerts = many(250, (number) => ({
      ...alert,
      id: numbered('alt', number),
      severity: number % 10 === 0 ? ('sev1' as const) : ('sev3' as const),
      status: number % 20 === 0 ? ('resolved' as const) : ('triggered' as const),
    }));
    await fill(store, alerts);
    const where = { severity: ['sev1', 'sev2'], status: ['triggered'] };
    const wanted = alerts.filter(({ severity, status }) => severity === 'sev1' && status === 'triggered');
    expect(await all(store, { of: 'alert', clientId: 'cli_1' }, { limit, where })).toEqual(
      [...wanted].reverse(),
    );
    expect(await all(store, { of: 'alert', incidentId: 'inc_1' }, { limit, where })).toEqual(wanted);
    expect(await all(store, { of: 'alert', clientId: 'cli_1' }, { limit, where: { status: [] } })).toEqual(
      [],
    );
  });

  test('a filter by what the index does not hold is our fault, said aloud', async () => {
    const { store } = await open();
    const list = store.list({ of: 'alert', clientId: 'cli_1' }, { limit: 5, where: { summary: ['x'] } });
    await expect(list).rejects.toThrow('summary');
  });

  test('incidents between two instants: from the first on, up to but not including the second', async () => {
    const { store } = await open();
    const at = (second: number) => Date.parse(NOW) + second * 1000;
    const opened = many(10, (second) => ({
      ...incident,
      id: `inc_${ulid(at(second), Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 255))}`,
      number: second,
    }));
    await fill(store, opened);
    const numbers = async (bounds: { from?: string; to?: string; status?: string }) =>
      (
        (await all(store, { of: 'incident', clientId: 'cli_1', ...bounds }, { limit: 3 })) as {
          number: number;
        }[]
      ).map(({ number }) => number);
    expect(await numbers({ from: instant(at(3)), to: instant(at(6)) })).toEqual([5, 4, 3]);
    expect(await numbers({ from: instant(at(8)), status: 'triggered' })).toEqual([9, 8]);
    expect(await numbers({ to: instant(at(2)) })).toEqual([1, 0]);
    expect(await numbers({ from: instant(at(6)), to: instant(at(3)) })).toEqual([]);
    expect(await numbers({ from: '0001-01-01T00:00:00.000Z', to: '9999-12-31T23:59:59.999Z' })).toHaveLength(
      10,
    );
  });

  test('a bad item fails the list that would show it, and names itself', async () => {
    const { store, putItem } = await open();
    await fill(store, [person]);
    const Item = { pk: 'per_9', sk: 'person', kind: 'person', gsi1pk: 'all#person', gsi1sk: 'z' };
    await putItem(Item);
    await expect(all(store, { of: 'person' })).rejects.toThrow('per_9 / person');
    await expect(store.getMany([person, { kind: 'person', id: 'per_9' }])).rejects.toThrow('per_9 / person');
  });
});
