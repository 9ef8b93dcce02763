import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { List, ListedKind, StoredRecord } from '../../shared/domain/records.ts';
import { after, type Instant } from '../../shared/domain/time.ts';
import type { Guard, Rank, Store, Write } from '../../shared/workflow/engine/store-port.ts';
import { onBothStores } from './each-store.ts';
import { NOW, SAMPLES } from './samples.ts';

const SEQUENCES = 40;

/** So few records that they meet again and again, of kinds with a version, a due time, a place on a list, or none. */
const place = fc.constantFrom('1', '2', '3');
const version = fc.constantFrom(1, 2, 3);
const seconds = fc.integer({ min: 0, max: 90 });
const at = (passed: number): Instant => after(NOW, `PT${passed}S`);

const records: fc.Arbitrary<StoredRecord> = fc.oneof(
  fc.tuple(place, version, fc.constantFrom('b', 'A', 'a', 'é')).map(([id, number, name]) => ({
    ...SAMPLES.client,
    ...{ id: `cli_${id}`, version: number, name },
    ...(number === 3 ? { removing: true as const } : {}),
  })),
  fc
    .tuple(place, version, fc.constantFrom('triggered' as const, 'resolved' as const))
    .map(([id, number, status]) => ({ ...SAMPLES.incident, id: `inc_${id}`, version: number, status })),
  fc.tuple(place, fc.constantFrom('sev1' as const, 'sev3' as const)).map(([id, severity]) => {
    return { ...SAMPLES.alert, id: `alt_${id}`, severity };
  }),
  fc
    .tuple(place, seconds, fc.constantFrom('promised' as const, 'failed' as const, 'skipped' as const))
    .map(([promise, due, state]) => ({ ...SAMPLES.page, promise, dueAt: at(due), state })),
  fc.tuple(place, seconds).map(([id, due]) => ({ ...SAMPLES.effect, id: `eff_${id}`, dueAt: at(due) })),
  fc.tuple(place, seconds).map(([id, due]) => ({ ...SAMPLES.timer, id: `tmr_${id}`, dueAt: at(due) })),
  place.map((id) => ({ ...SAMPLES['history-entry'], id: `tle_${id}` })),
);

const guards: fc.Arbitrary<Guard | undefined> = fc.constantFrom<Guard | undefined>(
  undefined,
  'new',
  'present',
  1,
  2,
);
const checks = fc.constantFrom<'present' | number>('present', 1, 2);
const guarded = (guard: Guard | undefined) => (guard === undefined ? {} : { guard });
const writes: fc.Arbitrary<Write> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(records, guards).map(([put, guard]) => ({ put, ...guarded(guard) })) },
  {
    weight: 1,
    arbitrary: fc.tuple(records, guards).map(([remove, guard]) => ({ remove, ...guarded(guard) })),
  },
  { weight: 1, arbitrary: fc.tuple(records, checks).map(([check, guard]) => ({ check, guard })) },
);

const lists: List[] = [
  { of: 'client' },
  { of: 'incident', clientId: 'cli_1' },
  { of: 'incident', clientId: 'cli_1', status: 'triggered' },
  { of: 'alert', clientId: 'cli_1' },
  { of: 'alert', incidentId: 'inc_1' },
  { of: 'history-entry', subjectId: 'inc_1' },
  { of: 'page', incidentId: 'inc_1' },
];
const ranks: Rank[] = ['page-sev1', 'timer', 'effect'];

type Operation = (store: Store) => Promise<unknown>;

/** A whole list page by page, with the cursors: they are the same on both. */
const through = async (store: Store, list: List, request: { limit: number; reversed: boolean }) => {
  const pages: unknown[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await store.list<ListedKind>(list, { ...request, cursor });
    pages.push(page);
    cursor = page.next;
  }
  return pages;
};

const operations: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(writes, { minLength: 1, maxLength: 4 }).map(
      (all): Operation =>
        (store) =>
          store.commit(all),
    ),
  },
  fc.tuple(place, seconds, fc.boolean()).map(([id, now, ofPage]): Operation => {
    return (store) =>
      store.claim(
        ofPage ? { ...SAMPLES.page, promise: id } : { ...SAMPLES.effect, id: `eff_${id}` },
        at(now),
      );
  }),
  fc.tuple(place, seconds).map(
    ([id, now]): Operation =>
      (store) =>
        store.countRepeat(`alt_${id}`, at(now)),
  ),
  fc.tuple(place, fc.integer({ min: 0, max: 5 })).map(
    ([name, by]): Operation =>
      (store) =>
        store.nextNumber(name, { by }),
  ),
  fc
    .tuple(fc.constantFrom(...ranks), seconds, fc.boolean(), fc.constantFrom(1, 2, 10))
    .map(([rank, now, oldestFirst, limit]): Operation => {
      return (store) => store.due(rank, { now: at(now), oldestFirst, limit });
    }),
  fc.tuple(fc.constantFrom(...lists), fc.constantFrom(1, 2, 10), fc.boolean()).map(
    ([list, limit, reversed]): Operation =>
      (store) =>
        through(store, list, { limit, reversed }),
  ),
  fc.array(records, { maxLength: 4 }).map(
    (all): Operation =>
      (store) =>
        store.getMany(all),
  ),
);

const outcomeOf = async (store: Store, operation: Operation) => {
  try {
    return { answer: await operation(store) };
  } catch (error) {
    return { failed: (error as { code?: string }).code ?? 'our fault' };
  }
};

onBothStores((sqlite, dynamodb) => {
  test('whatever is asked of them, both stores answer the same', { timeout: 60_000 }, async () => {
    const property = fc.asyncProperty(
      fc.array(operations, { minLength: 5, maxLength: 40 }),
      async (sequence) => {
        const [one, other] = [await sqlite(), await dynamodb()];
        for (const operation of sequence)
          expect(await outcomeOf(one.store, operation)).toEqual(await outcomeOf(other.store, operation));
      },
    );
    await fc.assert(property, { numRuns: SEQUENCES });
  });
});
