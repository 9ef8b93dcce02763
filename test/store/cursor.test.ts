import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { List } from '../../shared/domain/records.ts';
import { Refused } from '../../shared/domain/refused.ts';
import { cursorAfter, startOf } from '../../shared/store/cursor.ts';
import { placeOf } from '../../shared/store/list-keys.ts';

const incidents: List<'incident'> = { of: 'incident', clientId: 'cli_1' };
const here = placeOf(incidents);
const entry = {
  pk: 'inc_1',
  sk: 'incident',
  gsi1pk: 'client#cli_1#incidents',
  gsi1sk: 'inc_1',
  status: 'open',
};
const cursor = cursorAfter(here, entry);

const refusalOf = (text: string, place = here): unknown => {
  try {
    return startOf(place, text);
  } catch (error) {
    return error;
  }
};

const REFUSED = { code: 'invalid', problems: [{ path: 'query.cursor', message: expect.any(String) }] };

test('a cursor goes on after the very entry, in the list’s own partition', () => {
  expect(startOf(here, cursor)).toEqual({
    pk: 'inc_1',
    sk: 'incident',
    gsi1pk: 'client#cli_1#incidents',
    gsi1sk: 'inc_1',
  });
  expect(cursor).toMatch(/^[\w-]+$/);
});

test('a list in the table itself needs no more than its sort key', () => {
  const timeline = placeOf({ of: 'history-entry', subjectId: 'inc_1' });
  const next = cursorAfter(timeline, { pk: 'inc_1', sk: 'timeline#tle_1' });
  expect(startOf(timeline, next)).toEqual({ pk: 'inc_1', sk: 'timeline#tle_1' });
});

const others: List[] = [
  { of: 'incident', clientId: 'cli_2' },
  { of: 'incident', clientId: 'cli_1', status: 'triggered' },
  { of: 'incident', clientId: 'cli_1', from: '2026-01-01T00:00:00.000Z' },
  { of: 'alert', clientId: 'cli_1' },
  { of: 'client' },
  { of: 'history-entry', subjectId: 'inc_1' },
];

test.each(others)('a cursor of %o is refused elsewhere', (list) => {
  const place = placeOf(list);
  const foreign = cursorAfter(place, { ...entry, gsi2pk: 'x', gsi2sk: 'inc_1' });
  expect(startOf(place, foreign)).toBeDefined();
  expect(refusalOf(foreign)).toMatchObject(REFUSED);
  expect(refusalOf(cursor, place)).toMatchObject(REFUSED);
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each([
  ['nothing', ''],
  ['no base64', '%%%'],
  ['no JSON', Buffer.from('{oops').toString('base64url')],
  ['no list', encoded({ pk: 'inc_1' })],
  ['no text', encoded([1, 2, 3, 4])],
  ['no check', encoded(['', 'inc_1', 'inc_1', 'incident'])],
  ['something before it', ` ${cursor}`],
  ['something after it', `${cursor}=`],
  ['a part of it', cursor.slice(0, -4)],
])('%s is refused', (_, text) => {
  expect(refusalOf(text)).toBeInstanceOf(Refused);
  expect(refusalOf(text)).toMatchObject(REFUSED);
});

test('a cursor with any character changed is refused', () => {
  fc.assert(
    fc.property(fc.nat(cursor.length - 1), fc.constantFrom(...'ABCdef019-_'), (at, character) => {
      fc.pre(cursor[at] !== character);
      expect(refusalOf(cursor.slice(0, at) + character + cursor.slice(at + 1))).toMatchObject(REFUSED);
    }),
  );
});

test('no text whatever is anything but refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(refusalOf(text)).toMatchObject(REFUSED);
    }),
  );
});
