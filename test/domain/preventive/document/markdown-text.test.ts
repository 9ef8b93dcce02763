import { describe, expect, test } from 'vitest';
import {
  asLine,
  asWords,
  closed,
  linkTo,
  webAddress,
} from '../../../../shared/domain/preventive/document/markdown-text.ts';
import { rendered } from '../../../../shared/pages/markdown.ts';

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(amp|lt|gt|quot);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? '',
    )
    .trim();

const HOSTILE = [
  '*bold* _soft_ **both**',
  '[a](https://evil.example)',
  '![a](https://evil.example/x.png)',
  '<script>alert(1)</script>',
  '# heading',
  '- item',
  '1. first',
  '2) second',
  '> quote',
  '~~~ fence',
  '``` fence',
  'a | b | c',
  '~~gone~~',
  '&amp; &lt; &#65;',
  'a \\* b',
  '<https://evil.example>',
  '===',
  '`code`',
  '[E1]',
];

test.each(HOSTILE)('%s is shown as it was written, and makes nothing of the page', (text) => {
  const { html } = rendered(asLine(text));
  expect(textOf(html)).toBe(text);
  expect(html).toMatch(/^<p>[^<]*<\/p>\n$/);
});

test('plain words stay readable: what needs no escape has none', () => {
  const text = 'pg_dump of db-1 (v9.6) failed: 3 + 4 = 7, said #42!';
  expect(asWords(text)).toBe(text);
  expect(asWords('one\ntwo')).toBe('one two');
});

describe('what is left open is closed', () => {
  test.each([
    ['```\ncode', '```\ncode\n```'],
    ['```\ncode\n```', '```\ncode\n```'],
    ['~~~~ js\ncode\n~~~', '~~~~ js\ncode\n~~~\n~~~~'],
    ['``` not`a fence', '``` not`a fence'],
    [' words \n', 'words'],
  ])('%j becomes %j', (markdown, whole) => {
    expect(closed(markdown)).toBe(whole);
  });
});

describe('a link', () => {
  test.each([
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['//evil.example', undefined],
    ['https://a.example/b c', undefined],
    [undefined, undefined],
    ['https://a.example/(b)?c=[d]', 'https://a.example/%28b%29?c=%5Bd%5D'],
    ['HTTP://a.example', 'HTTP://a.example'],
  ])('to %s goes to %s', (url, address) => {
    expect(webAddress(url)).toBe(address);
    expect(linkTo('x', url)).toBe(address ? `[x](${address})` : 'x');
  });

  test('ends where its address does', () => {
    const { html } = rendered(linkTo('a](https://evil.example) b', 'https://a.example/)"x'));
    expect(html.match(/href="([^"]*)"/g)).toEqual(['href="https://a.example/%29%22x"']);
  });
});
