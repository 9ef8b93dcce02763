import { expect, test } from 'vitest';
import type { StoredRecord } from '../../shared/domain/records.ts';
import { Refused } from '../../shared/domain/refused.ts';
import type { Write } from '../../shared/workflow/engine/store-port.ts';
import { onEachStore } from './each-store.ts';
import { numbered, SAMPLES } from './samples.ts';

const KB = 1024;
const { client, person } = SAMPLES;
const entry = SAMPLES['history-entry'];

const clients = (count: number, more: object = {}): Write[] =>
  Array.from({ length: count }, (_, number) => ({
    put: { ...client, ...more, id: numbered('cli', number) },
  }));

/** What no item may hold, in a field that this version does not know. */
const holding = (value: unknown): StoredRecord => Object.assign({ ...client }, { mood: value });

const tooMuch: [string, Write[]][] = [
  ['101 writes', clients(101)],
  ['an item of 450 KB', [{ put: holding('x'.repeat(450 * KB)) }]],
  ['an item of 450 KB in few letters', [{ put: holding('é'.repeat(225 * KB)) }]],
  ['an item of 500 KB in a list', [{ put: holding(Array.from({ length: 250 * KB }, () => 'x')) }]],
  ['an item of 450 KB beside another', [{ put: holding('x'.repeat(450 * KB)) }, { put: person }]],
  ['a transaction of 5 MB', clients(20, { mood: 'x'.repeat(250 * KB) })],
  ['one item twice', [{ put: client }, { put: { ...client, name: 'Another' } }]],
  ['one item written and checked', [{ put: client }, { check: client, guard: 'present' }]],
  ['a key that is empty', [{ put: { ...client, id: '' } }]],
  ['a partition key of 2,049 bytes', [{ put: { ...client, id: 'x'.repeat(2049) } }]],
  ['a sort key of more than 1,024 bytes', [{ put: { ...entry, id: 'x'.repeat(1024) } }]],
  ['a removal with a key that is empty', [{ remove: { kind: 'client', id: '' } }]],
  ['a number that is none', [{ put: holding(Number.NaN) }]],
  ['a number without end', [{ put: holding({ deep: [Number.POSITIVE_INFINITY] }) }]],
  ['a number that is not exact', [{ put: holding(2 ** 60) }]],
  ['a date that is not text', [{ put: holding(new Date(0)) }]],
];

const enough: [string, Write[]][] = [
  ['100 writes', clients(100)],
  ['an item of 380 KB', [{ put: holding('x'.repeat(380 * KB)) }]],
  ['an item of 380 KB in few letters', [{ put: holding('é'.repeat(190 * KB)) }]],
  ['a transaction of 3.5 MB', clients(14, { mood: 'x'.repeat(250 * KB) })],
];

onEachStore((open) => {
  test.each(tooMuch)('%s: our fault, and nothing is written', async (_, writes) => {
    const { store } = await open();
    const error = await store.commit(writes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(Refused);
    expect(await store.get(client)).toBeUndefined();
    expect((await store.list({ of: 'client' }, { limit: 10 })).items).toEqual([]);
  });

  test.each(enough)('%s: committed', async (_, writes) => {
    const { store } = await open();
    expect(await store.commit(writes)).toBe('committed');
    for (const write of writes) if ('put' in write) expect(await store.get(write.put)).toEqual(write.put);
  });

  test('what is undefined in a list is left out', async () => {
    const { store } = await open();
    await store.commit([{ put: holding([1, undefined, { a: undefined, b: null }]) }]);
    expect(await store.get(client)).toEqual({ ...client, mood: [1, { b: null }] });
  });

  test('texts of any kind come back as they were, in keys too', async () => {
    const { store } = await open();
    const odd = { ...client, id: 'cli_🔥\u0000’é\ud83d\ude00', name: 'a "c" \\ 🔥é' };
    await store.commit([{ put: odd }]);
    expect(await store.get(odd)).toEqual(odd);
    expect((await store.list({ of: 'client' }, { limit: 10 })).items).toEqual([odd]);
  });
});
