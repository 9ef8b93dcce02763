import { describe, expect, test } from 'vitest';
import { rendered } from '../../shared/pages/markdown.ts';

const htmlOf = (markdown: string, under?: number): string => rendered(markdown, under).html;
const TAGS = /^(p|a|ul|ol|li|h[1-6]|em|strong|s|code|pre|blockquote|hr|br|div|table|thead|tbody|tr|th|td)$/;
const ATTRIBUTES = /^(href="(https?:\/\/|mailto:)[^"]*"|(rel|title|class|start)="[^"]*")$/;

/** Tags and attributes that could do something by themselves, or be made to. */
const dangersIn = (html: string): string[] =>
  [...html.matchAll(/<\/?([^\s>]*)([^>]*)>?/g)].flatMap(([, tag = '', rest = '']) => {
    const attributes = rest.match(/[^\s="]+(?:="[^"]*")?/g) ?? [];
    return [
      ...(TAGS.test(tag) ? [] : [tag]),
      ...attributes.filter((attribute) => !ATTRIBUTES.test(attribute)),
    ];
  });

describe('hostile Markdown is harmless', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<div style="position:fixed">',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\nscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '[x](//evil.example)',
    '[x](/v1/api-keys)',
    '<javascript:alert(1)>',
    '[x]: javascript:alert(1)\n\n[x]',
    '![x](javascript:alert(1))',
    '![x](data:image/svg+xml,<svg/onload=alert(1)>)',
    '![x](https://evil.example/pixel.png)',
    '![" onerror="alert(1)](https://evil.example/x.png)',
    '[![x](https://evil.example/x.png)](https://evil.example)',
    '[x](https://evil.example "onmouseover=alert(1)")',
    '```" onmouseover="alert(1)\ncode\n```',
    '| a |\n| :-: |\n| b |',
    '<!-- x --><b>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
  ])('%s', (markdown) => {
    expect(dangersIn(htmlOf(markdown))).toEqual([]);
  });
});

test('the search for dangers finds some', () => {
  const html = '<img src=x onerror=y><a href="javascript:x" style="a"><script>';
  expect(dangersIn(html)).toEqual([
    'img',
    'src',
    'x',
    'onerror',
    'y',
    'href="javascript:x"',
    'style="a"',
    'script',
  ]);
});

test('links go to the web and to mail, and take nothing with them', () => {
  expect(htmlOf('[a](https://a.example) <https://b.example> [m](mailto:a@example.com)')).toBe(
    '<p><a href="https://a.example" rel="noopener noreferrer nofollow">a</a> <a href="https://b.example" rel="noopener noreferrer nofollow">https://b.example</a> <a href="mailto:a@example.com" rel="noopener noreferrer nofollow">m</a></p>\n',
  );
});

test('a picture is a link, and within a link its words', () => {
  expect(htmlOf('![A graph](https://a.example/x.png)')).toBe(
    '<p><a href="https://a.example/x.png" rel="noopener noreferrer nofollow">A graph</a></p>\n',
  );
  expect(htmlOf('[![A graph](https://a.example/x.png)](https://a.example)').match(/<a /g)).toHaveLength(1);
});

test('headings go below the one that they stand under', () => {
  expect(htmlOf('# a\n\n##### b\n\nc\n---', 2)).toBe('<h3>a</h3>\n<h5>b</h5>\n<h3>c</h3>\n');
  expect(htmlOf('# a')).toBe('<h1>a</h1>\n');
});

test('columns are set by class, in a box that scrolls by itself', () => {
  const html = htmlOf('| a | b | c |\n| :-- | --: | :-: |\n| 1 | 2 | 3 |');
  expect(html).toMatch(/^<div class="wide"><table>/);
  expect([...html.matchAll(/<td class="(\w+)">/g)].map(([, name]) => name)).toEqual([
    'left',
    'right',
    'center',
  ]);
});

test.each([
  ['brackets', '['.repeat(20_000)],
  ['pairs of brackets', '[]('.repeat(6_600)],
  ['pictures', '![['.repeat(6_600)],
  ['quotes', '>'.repeat(20_000)],
  ['stars', '*a_ '.repeat(5_000)],
  ['backticks', '`'.repeat(20_000)],
  ['lists', '- '.repeat(10_000)],
  ['angles', '<a '.repeat(6_600)],
  ['entities', '&'.repeat(20_000)],
  ['definitions', '[a]: /x\n'.repeat(2_500)],
  ['a table', `${'|'.repeat(2_000)}\n${'|-'.repeat(2_000)}\n${'|\n'.repeat(6_000)}`],
])('20,000 characters of %s are shown quickly', (_, markdown) => {
  const begun = performance.now();
  htmlOf(markdown);
  expect(performance.now() - begun).toBeLessThan(2_000);
});
