import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../../shared/domain/preventive/recurrence/words-of.ts';

const words = (title: string, summary?: string): string => wordsOf({ title, summary }).join(' ');

describe('keeps what an incident is about', () => {
  it.each([
    ['Checkout returns errors', 'checkout returns errors'],
    ['HighErrorRate on HTTPGateway', 'high error rate http gateway'],
    ['Queue order_export is stuck', 'queue order export stuck'],
    ["Can't reach payments", 'can reach payments'],
    ['5xx from shop.example.com', '5xx shop example com'],
    ['Ｃａｆｅ́ is CLOSED', 'café closed'],
    ['Ошибка оплаты', 'ошибка оплаты'],
    ['データベースに接続できません', 'データベース に 接続 でき ま せん'],
  ])('%s', (title, expected) => expect(words(title)).toBe(expected));
});

describe('leaves out what differs every time', () => {
  it.each([
    ['a number', 'CPU at 93.5% on web-01', 'cpu web'],
    ['the number of a host', 'web01, web02 and web17 are down', 'web down'],
    ['a time', 'Backup failed at 2026-01-05T03:12:00.000Z, again at 04:12:31', 'backup failed again'],
    ['an IPv4 address', 'No route to 10.0.17.4:5432', 'no route'],
    ['an IPv6 address', 'No route to 2001:db8::ff00:42:8329', 'no route'],
    ['a UUID', 'Trace 550e8400-e29b-41d4-abcd-446655440000 failed', 'trace failed'],
    ['a hash', 'Release deadbeef0042 failed with 0xbadc0de1', 'release failed'],
    ['an id', 'Instance i-0abc123def4567890 is gone', 'instance gone'],
    ['a pod', 'checkout-7f9c6d5b8-x2x4z restarts', 'checkout restarts'],
    [
      'the query of an address',
      'GET https://shop.example.com/cart?session=q7#top fails',
      'get shop example com cart fails',
    ],
    ['what a monitor says of itself', '[FIRING:3] CRITICAL alert: Search triggered', 'search'],
    [
      'what CloudWatch says of a threshold',
      'Checkout: Threshold Crossed: 1 out of the last 1 datapoints [7.0 (05/01/26 03:12:00)] was greater than the threshold (5.0) (minimum 1 datapoint for OK -> ALARM transition).',
      'checkout',
    ],
  ])('%s', (_, title, expected) => expect(words(title)).toBe(expected));
});

it('reads the summary after the title, and takes each word once', () => {
  expect(words('Search is slow', 'Search answers after 9 s; the index is slow')).toBe(
    'search slow answers after index',
  );
});

it('says nothing about a title of chance alone', () => expect(words('#42: 10.0.0.1')).toBe(''));

it.each(['a', 'a:', '://', ':', '1-', '0', 'a.', '\u0301', '\ufdfa', '\ud800', 'aA', 'f0-'])(
  'is done in no time with a million of %j',
  (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    const began = performance.now();
    expect(wordsOf({ title: text, summary: text }).length).toBeLessThanOrEqual(60);
    expect(performance.now() - began).toBeLessThan(1000);
  },
);

it('looks at no more of what one character stands for', () => {
  expect(words(`${'\ufdfa'.repeat(300)} checkout`)).not.toContain('checkout');
});

it('gives the same words for any text, at most 60, short, and without a number', () => {
  const property = fc.property(
    fc.string({ unit: 'binary' }),
    fc.lorem({ maxCount: 80 }),
    (title, summary) => {
      const found = wordsOf({ title, summary });
      expect(found).toEqual(wordsOf({ title, summary }));
      expect(found.length).toBeLessThanOrEqual(60);
      expect(new Set(found).size).toBe(found.length);
      for (const word of found) {
        expect(word.length).toBeLessThanOrEqual(40);
        expect(/^[1-5]xx$/.test(word) || !/\p{N}/u.test(word)).toBe(true);
      }
    },
  );
  fc.assert(property, { numRuns: 300 });
});
