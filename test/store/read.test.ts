import { expect, test } from 'vitest';
import type { StoredRecord } from '../../shared/domain/records.ts';
import { onEachStore } from './each-store.ts';
import { numbered, SAMPLES } from './samples.ts';

const person = (number: number) => ({ ...SAMPLES.person, id: numbered('per', number) });

onEachStore((open) => {
  test('many records come in the order of their references, without what is missing, however often they are named', async () => {
    const { store } = await open();
    const people: StoredRecord[] = Array.from({ length: 130 }, (_, number) => person(number));
    await store.commit(people.slice(0, 100).map((put) => ({ put })));
    await store.commit(people.slice(100).map((put) => ({ put })));
    const refs = [...people].reverse().flatMap(({ id }) => [
      { kind: 'person' as const, id: String(id) },
      { kind: 'person' as const, id: `${id}-gone` },
    ]);
    const [first, ...others] = refs;
    const found = first ? await store.getMany([first, first, ...others]) : [];
    expect(found.map(({ id }) => id)).toEqual([first?.id, ...[...people].reverse().map(({ id }) => id)]);
  });

  test('nothing asked for is nothing read', async () => {
    const { store } = await open();
    expect(await store.getMany([])).toEqual([]);
  });
});
