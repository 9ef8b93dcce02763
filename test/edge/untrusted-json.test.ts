import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Refused } from '../../shared/domain/refused.ts';
import { readJson } from '../../shared/edge/untrusted-json.ts';

const refusalOf = (input: string | Uint8Array): Refused => {
  try {
    readJson(input);
  } catch (error) {
    return error as Refused;
  }
  throw new Error('It was accepted.');
};

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const wide = (keys: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, place) => [`k${place}`, 1])));
const textOf = (size: number): string => `"${'a'.repeat(size - 2)}"`;
const KB = 1024;

describe('JSON from strangers', () => {
  it.each([
    ['a number', '7', 7],
    ['32 levels', nested(32), JSON.parse(nested(32))],
    [
      'brackets inside a string',
      `["${'['.repeat(99)}\\"${'{'.repeat(99)}"]`,
      [`${'['.repeat(99)}"${'{'.repeat(99)}`],
    ],
    ['1,000 keys', wide(1000), JSON.parse(wide(1000))],
    ['a whole pair of surrogates', '"\\ud83d\\udd25"', '🔥'],
    ['bytes of UTF-8', new TextEncoder().encode('{"a":"é"}'), { a: 'é' }],
    ['exactly 512 KB', textOf(512 * KB), 'a'.repeat(512 * KB - 2)],
  ])('takes %s', (_, input, value) => {
    expect(readJson(input)).toEqual(value);
  });

  it.each([
    ['nothing', '', 'body', /ends too early/],
    ['a cut object', '{"a":1', 'body', /not valid JSON/],
    ['a bare key', '{"a": 1,\n b: 2}', 'body', /position 10 \(line 2, column 2\)/],
    ['a raw control character', '{"a":"\u0001"}', 'body', /position 6/],
    ['bytes that are no UTF-8', bytes(0x22, 0xff, 0x22), 'body', /UTF-8/],
    ['a surrogate in bytes', bytes(0x22, 0xed, 0xa0, 0x80, 0x22), 'body', /UTF-8/],
    ['33 levels', nested(33), 'body', /32 levels/],
    ['10,000 levels', nested(10_000), 'body', /32 levels/],
    ['100,000 unclosed objects', '{"a":'.repeat(100_000), 'body', /32 levels/],
    ['1,001 keys', `{"a":${wide(1001)}}`, 'body.a', /1000 keys/],
    ['10,001 elements', `{"a":[${'0,'.repeat(10_000)}0]}`, 'body.a', /10000 elements/],
    ['__proto__', '{"a":[{"__proto__":{"admin":true}}]}', 'body.a[0].__proto__', /key/],
    ['an escaped __proto__', '{"\\u005f_proto__":1}', 'body.__proto__', /key/],
    ['constructor', '{"constructor":1}', 'body.constructor', /key/],
    ['prototype', '{"a":{"prototype":1}}', 'body.a.prototype', /key/],
    ['NUL in a value', '{"a":{"b":["\\u0000"]}}', 'body.a.b[0]', /NUL/],
    ['NUL in a key', '{"a\\u0000":1}', 'body["a\\u0000"]', /NUL/],
    ['a lone high surrogate', '{"a":"x\\ud800"}', 'body.a', /surrogate/],
    ['a lone low surrogate in a key', '{"\\udc00":1}', 'body["\\udc00"]', /surrogate/],
    ['a lone surrogate sent raw', '{"a":"\ud800"}', 'body.a', /surrogate/],
  ])('refuses %s and says where', (_, input, path, message) => {
    const refusal = refusalOf(input);
    expect(refusal.code).toBe('invalid');
    expect(refusal.problems).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it('names every fault at once', () => {
    const { problems } = refusalOf('{"a":"\\u0000","b":{"constructor":"\\ud800"},"c":["\\u0000"]}');
    expect(problems.map(({ path }) => path)).toEqual([
      'body.a',
      'body.b.constructor',
      'body.b.constructor',
      'body.c[0]',
    ]);
  });

  it('names no more than 20', () => {
    expect(refusalOf(JSON.stringify(Array.from({ length: 50 }, () => '\u0000'))).problems).toHaveLength(20);
  });

  it.each([
    ['513 KB', textOf(513 * KB)],
    ['one byte over 512 KB', textOf(512 * KB + 1)],
    ['few characters of many bytes', `"${'é'.repeat(256 * KB)}"`],
    ['too many bytes, whatever they are', new Uint8Array(512 * KB + 1)],
  ])('is too large with %s', (_, input) => {
    expect(refusalOf(input).code).toBe('too-large');
  });

  it('gives back whatever honest JSON says', () => {
    const honest = fc.jsonValue({ maxDepth: 6 }).filter((value) => {
      const text = JSON.stringify(value);
      return !/\\u0000|\\ud[89a-f]|__proto__|constructor|prototype/i.test(text);
    });
    fc.assert(
      fc.property(honest, (value) => {
        const sent = JSON.stringify(value);
        expect(readJson(sent)).toEqual(JSON.parse(sent));
      }),
    );
  });
});
