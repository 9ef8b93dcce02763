import { expect, test } from 'vitest';
import { cachedGet, invalidate } from '../../shared/workflow/engine/cache.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());
const person = (id: string) => ({ kind: 'person' as const, id });

test('a change in this process is seen at once, and one of another process after 10 seconds', async () => {
  const { ports, cast, pass } = await open();
  const { ada } = cast.people;
  const nameNow = async () => (await cachedGet(ports, [person(ada.id)])).get(ada.id)?.name;
  expect(await nameNow()).toBe('Ada');
  await ports.store.commit([{ put: { ...ada, name: 'Ada the Second' } }]);
  expect(await nameNow()).toBe('Ada');
  await pass('PT10S');
  expect(await nameNow()).toBe('Ada the Second');
  const third = { ...ada, name: 'Ada the Third' };
  await ports.store.commit([{ put: third }]);
  invalidate(ports, [{ put: third }]);
  expect(await nameNow()).toBe('Ada the Third');
});

test('who is remembered stays in the answer, whatever is forgotten while others are read', async () => {
  const { ports, cast } = await open();
  const { ada, bo } = cast.people;
  await cachedGet(ports, [person(ada.id)]);
  const slow = {
    ...ports,
    store: Object.assign(ports.store, {
      getMany: async (refs: { kind: 'person'; id: string }[]) => {
        invalidate(ports, [{ put: ada }, { put: bo }]);
        const read = await Promise.all(refs.map((ref) => ports.store.get(ref)));
        return read.flatMap((each) => each ?? []);
      },
    }),
  };
  const found = await cachedGet(slow as typeof ports, [person(ada.id), person(bo.id)]);
  expect([...found.keys()].sort()).toEqual([ada.id, bo.id].sort());
});

test('more than can be remembered are still all in the answer', async () => {
  const { ports, cast } = await open();
  const { ada } = cast.people;
  await cachedGet(ports, [person(ada.id)]);
  const many = Array.from({ length: 5100 }, (_, at) => person(`per_${at}`));
  const store = Object.assign(ports.store, {
    getMany: async (refs: { id: string }[]) => refs.map(({ id }) => ({ ...ada, id })),
  });
  const found = await cachedGet({ ...ports, store } as typeof ports, [person(ada.id), ...many]);
  expect(found.size).toBe(5101);
});
