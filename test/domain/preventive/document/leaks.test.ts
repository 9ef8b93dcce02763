import { describe, expect, test } from 'vitest';
import { type Internal, leaksIn } from '../../../../shared/domain/preventive/document/leaks.ts';
import { contents, link, review, section } from '../../../support/reviewed.ts';

const internal: Internal = {
  people: [
    { name: 'Ada Berg', addresses: ['ada.berg@agency.example.com', '+15550100101'] },
    { name: 'Bo Okafor', addresses: ['bo@agency.example.com'] },
    { name: 'José Ñandú', addresses: [] },
    { name: 'May Will', addresses: [] },
    { name: '山田 太郎', addresses: [] },
    { name: 'Harbour Shop', addresses: [] },
    { name: 'Søren Łukasz', addresses: ['+46701234567'] },
    { name: 'Jürgen Groß', addresses: ['first-line@agency.example.com'] },
    { name: 'Tom Jenkins', addresses: [] },
    { name: 'Aurora Sommer', addresses: [] },
    { name: 'Jack London', addresses: [] },
    { name: 'Victoria Klein', addresses: [] },
  ],
  accounts: ['AB-4711-X', 'abc', '1000', '7744112'],
};

const evidence = [
  link('evd_1', { url: 'https://graphs.example.com/d/pool?from=1' }),
  link('evd_2', { url: undefined, logGroup: { name: '/app/checkout_errors' } }),
  link('evd_3', {
    url: undefined,
    file: { name: 'pool graph.png', contentType: 'image/png', size: 1, key: 'cli_1/rev_1/evd_3' },
  }),
  link('evd_4', { url: 'https://shop.example.com/' }),
  link('evd_5', { url: undefined, logGroup: { name: 'checkout' } }),
  link('evd_6', {
    url: undefined,
    file: { name: 'Error log', contentType: 'text/plain', size: 1, key: 'cli_1/rev_1/evd_6' },
  }),
];

const found = (text: string): string[] =>
  leaksIn(
    contents({ review: review(), evidence, sections: [section('client-summary', text)] }),
    internal,
  ).map(({ path, message }) => `${path} ${message}`);

describe('what is ours is found', () => {
  test.each([
    ['a whole name', 'Then Ada Berg restarted it.', 'names Ada Berg'],
    ['a name in capitals', 'ADA BERG did.', 'names Ada Berg'],
    ['a name in small letters', 'says ada berg', 'names Ada Berg'],
    ['a name the other way round', 'Berg, Ada', 'names Ada Berg'],
    ['a name over two lines', 'Ada\nBerg', 'names Ada Berg'],
    ['a first name', 'Ada restarted it.', 'names Ada Berg'],
    ['a surname', 'Ms Okafor restarted it.', 'names Bo Okafor'],
    ['a possessive', 'on Ada’s laptop', 'names Ada Berg'],
    ['emphasis in a name', '**A**da *Berg*', 'names Ada Berg'],
    ['a name as code', '`Ada`', 'names Ada Berg'],
    ['a soft hyphen in a name', 'A\u00adda', 'names Ada Berg'],
    ['a zero-width space in a name', 'Ada\u200b Be\u200brg', 'names Ada Berg'],
    ['an entity in a name', '&#65;da &#x42;erg', 'names Ada Berg'],
    ['a name without its accents', 'Jose Nandu', 'names José Ñandú'],
    ['letters of another width', 'Ａｄａ', 'names Ada Berg'],
    ['letters that have no accent to lose', 'Soren Lukasz', 'names Søren Łukasz'],
    ['an umlaut written out', 'Juergen restarted it', 'names Jürgen Groß'],
    ['a sharp s written out', 'Gross, Jürgen', 'names Jürgen Groß'],
    ['a possessive of other languages', 'Jürgens Fehler', 'names Jürgen Groß'],
    ['an entity with an accent', 'Jos&eacute; did', 'names José Ñandú'],
    ['a user name', 'ada_berg did', 'names Ada Berg'],
    ['another one', 'says adaberg', 'names Ada Berg'],
    ['a name in a chat', 'ask @ada', 'names Ada Berg'],
    ['a whole name of ordinary words', 'May Will did it', 'names May Will'],
    ['a name that knows no capitals', '山田 太郎', 'names 山田 太郎'],
    ['an address', 'write to Ada.Berg@agency.example.com', 'contains an address of Ada Berg'],
    ['an escaped address', 'bo\\@agency.example.com', 'contains an address of Bo Okafor'],
    ['a phone number', 'call +15550100101', 'contains an address of Ada Berg'],
    ['a phone number set apart', '(1) 555-010 0101', 'contains an address of Ada Berg'],
    ['a phone number without its country', '(555) 010-0101', 'contains an address of Ada Berg'],
    ['a phone number as it is dialled at home', '070-123 45 67', 'contains an address of Søren Łukasz'],
    ['a phone number with both', '+46 (0)70 123 45 67', 'contains an address of Søren Łukasz'],
    ['an address in a link', '[us](mailto:first-line%40agency.example.com)', 'an address of Jürgen Groß'],
    [
      'an address that hides from machines',
      'first-line [at] agency (dot) example [dot] com',
      'an address of Jürgen Groß',
    ],
    ['one spelt out', 'first-line at agency dot example dot com', 'an address of Jürgen Groß'],
    ['an address over two lines', 'first-line@\nagency.example.com', 'an address of Jürgen Groß'],
    ['an id', 'see inc_01KE6F3G000000000000000000', 'contains an internal id'],
    ['an id within emphasis', '_inc_01KE6F3G000000000000000000_', 'contains an internal id'],
    ['an id of a page', 'ntc_V671BMSV6W2GE72X', 'contains an internal id'],
    [
      'where a graph is',
      'http://GRAPHS.example.com/d/pool?from=1',
      'contains “graphs.example.com/d/pool?from=1”',
    ],
    ['a log group', 'in /app/checkout_errors', 'contains “/app/checkout_errors”'],
    ['a file', 'see Pool Graph.png', 'contains “pool graph.png”'],
    ['an account number', 'our account ab-4711-x', 'contains our account number'],
    ['an address inside', 'at 10.0.3.7 and', 'contains an internal host address'],
    ['another one', '192.168.1.20', 'contains an internal host address'],
    ['a name inside', 'db1.prod.internal', 'contains an internal host address'],
    ['a name further inside', 'db1.internal.example.com', 'contains an internal host address'],
    ['a name in the cloud', 'x.abc123.eu-west-1.rds.amazonaws.com', 'contains an internal host address'],
    ['an ARN', 'arn:aws:lambda:eu-west-1:1:function:x', 'from our cloud account'],
    ['a log group of the cloud', '/aws/lambda/checkout', 'from our cloud account'],
    ['an id of the cloud', 'i-0abc1234def567890', 'from our cloud account'],
    ['a password', 'Password: hunter22', 'looks like a key'],
    ['a password in an address', 'https://admin:hunter22@shop.example.com', 'looks like a key'],
    ['a token of GitHub', `ghp_${'a1B2c3'.repeat(6)}`, 'looks like a key'],
    ['an access key', 'AKIAIOSFODNN7EXAMPLE', 'looks like a key'],
    ['a key of our own', `fb_${'0123456789abcdef'.repeat(4)}`, 'looks like a key'],
    ['a bearer token', 'Authorization: Bearer abcdefghijklmnop1234', 'looks like a key'],
    ['a signed token', 'eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF2Q', 'looks like a key'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----', 'looks like a key'],
    ['a one-tap link', 'https://x.example/n/rev_1/per_1/1.9maCZ6r1KpLr2oCEi5Jy6w', 'opens without a key'],
  ])('%s', (_, text, words) => {
    expect(found(text)).toContainEqual(
      expect.stringContaining(`sections.client-summary ${words}`.slice(0, 24)),
    );
    expect(found(text).join('\n')).toContain(words);
  });
});

describe('what is nobody’s secret is not', () => {
  test.each([
    'It may happen again in May 2026, and it will. Will it? May we ask?',
    'Bo is two letters, and so is many a word.',
    'The bergs and the adage: no names.',
    'Harbour Books and its Web shop were down; the shop is back.',
    'Version 10.0 of 2026-03-09, order 4711, 1,200 requests a second, 99.95 %.',
    'Write to help@harbour.example.com or see https://status.example.com/incidents/123.',
    'abc and ABC are letters.',
    'https://shop.example.com/why-the-checkout-was-down-on-9-march-2026-and-what-follows',
    'The pool was full; a graph showed it. Locally nothing was seen, and the internal queue was long.',
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301 is an order.',
    'The checkout and its error log are at https://shop.example.com/: 1000 orders, 1,000 customers.',
    'One of two data centres in London was moved; the Aurora database in Victoria was read-only.',
    'Jenkins delivered a release that nobody had tested.',
    'Die Wartung im Sommer war zu knapp. Klein war der Fehler, groß die Wirkung.',
    'See https://www.local-news.example/article and https://example.com/blog/ghost-orders-and-how-they-come-about.',
    'The bearer authentication-certificates were replaced. Password: please choose a new one.',
    'Call us at +44 20 7946 0000, or write to service@agency.example.com.',
    'A discount code (SUMMER2026-EARLYBIRD) was used 4,711 times; the order 2026-000123 was charged twice.',
    'Donaudampfschifffahrtsgesellschaftskapitän is a long word.',
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

test('only what goes to the client is searched: what was written for them, and their own layout', () => {
  const sections = [
    section('summary', 'Ada Berg'),
    section('client-cause', 'Ada'),
    section('people', 'Bo Okafor'),
  ];
  const leaks = leaksIn(contents({ sections }), { ...internal, template: 'From Ada with love' });
  expect(leaks.map(({ path }) => path)).toEqual(['sections.client-cause', 'template.client']);
});

test('whoever at the client gets it may be named in whole, though one of ours shares a name', () => {
  const leaks = (text: string) =>
    leaksIn(contents({ sections: [section('client-summary', text)] }), {
      ...internal,
      readers: ['Ada Meyer'],
    });
  expect(leaks('As agreed with ada meyer, and with **Ada Meyer**.')).toEqual([]);
  expect(leaks('As agreed with Ada.')).toHaveLength(1);
  expect(leaks('As agreed with Ada Meyer and Ada.')).toHaveLength(1);
});

test('nothing is said twice, and a key is not repeated in the refusal', () => {
  const key = 'AKIAIOSFODNN7EXAMPLE';
  const leaks = found(`${key} Ada Ada Berg ${key}`);
  expect(leaks).toHaveLength(2);
  expect(leaks.join()).not.toContain(key);
});

test('a long and strange text is searched quickly', () => {
  const people = Array.from({ length: 500 }, (_, place) => ({
    name: `Zora${place} Quill`,
    addresses: [`z${place}@example.com`],
  }));
  const texts = [
    'a'.repeat(20_000),
    'a.'.repeat(10_000),
    '0'.repeat(20_000),
    'aB3'.repeat(6_600),
    '-a'.repeat(10_000),
    `z1${' '.repeat(19_000)}`.repeat(2),
    '1 '.repeat(10_000),
  ];
  const begun = performance.now();
  for (const text of texts)
    leaksIn(contents({ evidence, sections: [section('client-summary', text)] }), { people, accounts: [] });
  expect(performance.now() - begun).toBeLessThan(5_000);
});
