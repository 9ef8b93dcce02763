import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, fittingDetails, oneLine, safeLinks } from '../../shared/sources/legible.ts';

describe('a text that is cut', () => {
  it('never ends in half a character', () => {
    const emoji = fc.string({ unit: 'grapheme-composite', minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(emoji, fc.integer({ min: 1, max: 30 }), (text, length) => {
        const short = cut(text, length);
        expect(short.length).toBeLessThanOrEqual(Math.max(length, 1));
        expect(short.isWellFormed()).toBe(text.isWellFormed());
      }),
    );
  });

  it('is as it was when it is short enough', () => expect(cut('ok', 2)).toBe('ok'));
});

it('makes one line of what would break a subject or turn its reading direction', () => {
  expect(oneLine(' Disk\r\nBcc: all \u202egnp.exe\u0000 ')).toBe('Disk Bcc: all gnp.exe');
});

describe('links', () => {
  it.each([
    ['javascript:alert(1)'],
    ['java\nscript:alert(1)'],
    ['data:text/html,x'],
    ['file:///etc/passwd'],
    ['/relative'],
    ['//example.com'],
    [`https://example.com/${'x'.repeat(2048)}`],
    [7],
    [null],
  ])('leave out %j', (href) => expect(safeLinks([{ href }])).toBeUndefined());

  it('are http, https and mailto, each once', () => {
    const hrefs = ['http://a.example.com/', 'https://b.example.com/', 'mailto:c@example.com'];
    const given = [...hrefs, ...hrefs].map((href) => ({ href, text: 7 }));
    expect(safeLinks(given)).toEqual(hrefs.map((href) => ({ href })));
  });

  it('are 20 at most', () => {
    const given = Array.from({ length: 30 }, (_, place) => ({ href: `https://example.com/${place}` }));
    expect(safeLinks(given)).toHaveLength(20);
  });
});

describe('details', () => {
  it('stay as they are in 4 KB, but for what says nothing', () => {
    expect(fittingDetails({ a: { b: [1, null] }, c: undefined, d: null })).toEqual({ a: { b: [1, null] } });
    expect(fittingDetails({ c: undefined })).toBeUndefined();
  });

  it.each([
    ['a long text', { reason: 'x'.repeat(9000), other: 'kept' }],
    [
      'many fields',
      Object.fromEntries(Array.from({ length: 900 }, (_, at) => [`field${at}`, 'x'.repeat(20)])),
    ],
    ['deep lists', { deep: JSON.parse(`${'[1,2,3,4,'.repeat(500)}5${']'.repeat(500)}`) }],
    ['quotes', { ['"'.repeat(5000)]: '"'.repeat(5000) }],
    ['wide characters', { text: '警'.repeat(9000) }],
  ])('are shortened, and say so, when they hold %s', (_, details) => {
    const fitting = fittingDetails(details);
    expect(fitting).toMatchObject({ shortened: true });
    const size = Buffer.byteLength(JSON.stringify(fitting));
    expect(size).toBeLessThanOrEqual(4096);
    expect(size).toBeGreaterThan(30);
  });

  it('keep the short beside the long', () => {
    expect(fittingDetails({ reason: 'x'.repeat(9000), other: 'kept' })).toMatchObject({ other: 'kept' });
  });
});
