import { describe, expect, test } from 'vitest';
import { keyOfFile, mismatchOf, problemsOfFile } from '../../../../shared/domain/preventive/evidence/file.ts';

const MB = 1024 * 1024;
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const words = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

const GOOD: [string, string, Uint8Array][] = [
  ['image/png', 'a.png', bytes('\x89PNG\r\n\x1a\n...')],
  ['image/jpeg', 'a.b.JPEG', bytes('\xff\xd8\xff\xe0...')],
  ['image/webp', 'a.webp', bytes('RIFF\x10\x00\x00\x00WEBPVP8 ')],
  ['application/pdf', 'a.pdf', bytes('%PDF-1.7')],
  ['application/zip', 'a.zip', bytes('PK\x03\x04...')],
  ['application/zip', 'empty.zip', bytes('PK\x05\x06...')],
  ['application/gzip', 'a.tgz', bytes('\x1f\x8b\x08\x00')],
  ['text/plain', 'a.log', words('Grüße, 世界')],
  ['text/csv', 'a.csv', words('at;what\n')],
  ['text/markdown', 'a.md', words('# Notes')],
  ['application/json', 'a.json', words('{}')],
];

const BAD: [string, string, Uint8Array][] = [
  ['image/png', 'a page', words('<script>alert(1)</script>')],
  ['image/jpeg', 'another picture', bytes('\x89PNG\r\n\x1a\n...')],
  ['image/webp', 'a sound', bytes('RIFF\x10\x00\x00\x00WAVEfmt ')],
  ['image/webp', 'next to nothing', bytes('RIFF')],
  ['application/pdf', 'a program', bytes('\x7fELF\x02\x01')],
  ['application/zip', 'words', words('PK: see below')],
  ['application/gzip', 'another archive', bytes('PK\x03\x04')],
  ['text/plain', 'NUL', bytes('a\0b')],
  ['text/csv', 'Latin-1', bytes('Stra\xdfe')],
  ['text/markdown', 'a character that is cut off', words('世').slice(0, 2)],
  ['application/json', 'an archive', bytes('\x1f\x8b\x08\x00')],
];

const arrived = (contentType: string, begins: Uint8Array, size = begins.length) =>
  mismatchOf({ name: 'a', contentType, size }, { contentType, begins, size });

test.each(GOOD)('%s may be added as %s, and is known by how it begins', (contentType, name, begins) => {
  expect(problemsOfFile('file', { name, contentType, size: 25 * MB })).toEqual([]);
  expect(arrived(contentType, begins)).toBeUndefined();
});

test.each(BAD)('%s is not %s', (contentType, _what, begins) => {
  expect(arrived(contentType, begins)).toBe(`its contents are not ${contentType}`);
});

test('text goes on after what is looked at: a character may be cut there', () => {
  const begins = words(`${'x'.repeat(510)}世`).slice(0, 512);
  expect(arrived('text/plain', begins, 2000)).toBeUndefined();
  expect(arrived('text/plain', begins)).toContain('its contents are not');
});

test.each([
  ['size', { size: 11 }, 'it has 11 bytes instead of 10'],
  ['type', { contentType: 'text/html' }, 'its type is text/html instead of text/plain'],
])('another %s is another file', (_what, seen, reason) => {
  const described = { name: 'a.txt', contentType: 'text/plain', size: 10 };
  expect(mismatchOf(described, { ...described, begins: words('x'.repeat(10)), ...seen })).toBe(reason);
});

describe('what is allowed', () => {
  const png = { name: 'a.png', contentType: 'image/png', size: 5 * MB };
  const pdf = { name: 'a.pdf', contentType: 'application/pdf', size: 1 };

  test.each<[string, Parameters<typeof problemsOfFile>, string, string]>([
    [
      'a metric is a picture',
      ['metric', pdf],
      'contentType',
      'must be one of image/png, image/jpeg, image/webp',
    ],
    ['a page is no file', ['file', { ...png, contentType: 'text/html' }], 'contentType', 'application/pdf'],
    [
      'a name of the prototype is no type',
      ['file', { ...png, contentType: 'constructor' }],
      'contentType',
      'must be',
    ],
    [
      'a picture of 5 MB and a byte',
      ['metric', { ...png, size: 5 * MB + 1 }],
      'size',
      'at most 5 MB (5242880',
    ],
    ['a file of 25 MB and a byte', ['file', { ...png, size: 25 * MB + 1 }], 'size', 'at most 25 MB'],
    [
      'a name that promises something else',
      ['file', { ...png, name: 'a.html' }],
      'name',
      'must end in .png, as a',
    ],
    ['a name that ends in nothing', ['file', { ...png, name: 'png' }], 'name', 'must end in .png'],
  ])('%s', (_what, given, path, message) => {
    expect(problemsOfFile(...given)).toEqual([
      { path: `body.file.${path}`, message: expect.stringContaining(message) },
    ]);
  });

  test('5 MB are', () => expect(problemsOfFile('metric', png)).toEqual([]));
});

test('a file is kept under a name that is ours', () => {
  const ids = { clientId: 'cli_1', reviewId: 'rev_1', evidenceId: 'evd_1' };
  expect(keyOfFile(ids, { name: 'Our secret plan.PDF' })).toBe('clients/cli_1/reviews/rev_1/evd_1/file.pdf');
});
