import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fingerprint } from '../../../../shared/domain/preventive/recurrence/fingerprint.ts';
import {
  causesOfAlert,
  recognise,
  textFingerprint,
} from '../../../../shared/domain/preventive/recurrence/recognise.ts';
import { fingerprint, incidentAt } from '../likenesses.ts';

const looksAlike = (one: string, other: string): boolean =>
  recognise(fingerprint(2, one), [fingerprint(1, other)]).length === 1;

describe('the words of two incidents are alike', () => {
  it.each([
    ['CPU usage above 90% on web-01', 'CPU usage above 97% on web-12'],
    ['Checkout returns 502 for some customers', 'Checkout returns 504 for customers'],
    ['Payment provider timeouts at checkout', 'Timeouts from the payment provider during checkout'],
    [
      '[FIRING:1] HighErrorRate checkout-api (prod eu-west-1)',
      '[FIRING:3] HighErrorRate checkout-api (prod eu-central-1)',
    ],
    ['Search index is stale', 'SEARCH INDEX IS STALE!'],
    [
      'Order export queue stuck',
      'Order export queue stuck: the worker was killed for its memory, and nothing is taken from it since the night',
    ],
    [
      'Certificate of shop.example.com expires in 7 days',
      'Certificate of shop.example.com expires in 3 days',
    ],
  ])('%s | %s', (one, other) => {
    expect(looksAlike(one, other)).toBe(true);
    expect(looksAlike(other, one)).toBe(true);
  });
});

describe('and are not', () => {
  it.each([
    ['CPU usage above 90% on web-01', 'Memory usage above 90% on web-01'],
    ['Memory usage above 90% on the web host', 'CPU usage above 90% on the web host'],
    ['Checkout is slow', 'Checkout is down'],
    ['High latency on checkout API', 'High error rate on checkout API'],
    ['checkout is broken', 'payments is broken'],
    ['Queue order-export is growing', 'Queue mail-export is growing'],
    ['Disk full', 'Disk of the primary database server is not full, but nobody can write to it'],
    ['Certificate of shop.example.com expires', 'The shop answers with 5xx'],
    ['#1', '#2'],
  ])('%s | %s', (one, other) => {
    expect(looksAlike(one, other)).toBe(false);
    expect(looksAlike(other, one)).toBe(false);
  });
});

it('three of four words in common are enough, five of seven are not', () => {
  expect(textFingerprint(['a', 'b', 'c', 'd'], ['a', 'b', 'c'])).toBe(0.75);
  const six = ['b', 'c', 'd', 'e', 'f'];
  expect(textFingerprint(['a', ...six], ['z', ...six])).toBeCloseTo(5 / 7);
});

const KEY = { alertKey: 'ALERT' };

it('the same alert goes before a cause in common, and that before words', () => {
  const known = [
    fingerprint(4, 'Search is slow'),
    fingerprint(3, 'The index is gone', { causeIds: ['cau_1'] }),
    fingerprint(2, 'Something else', { ...KEY, causeIds: ['cau_1'] }),
    fingerprint(1, 'Nothing alike'),
  ];
  const found = recognise(fingerprint(9, 'Search is slow', KEY), known);
  expect(found.map(({ number, because }) => ({ number, because }))).toEqual([
    { number: 2, because: ['alert-key', 'cause'] },
    { number: 3, because: ['cause'] },
    { number: 4, because: ['text'] },
  ]);
});

it('says every reason that there is', () => {
  const [found] = recognise(fingerprint(9, 'Search is slow', KEY), [
    fingerprint(1, 'Search is slow', {
      ...KEY,
      causeIds: ['cau_1'],
      helped: 'A restart.',
      reviewId: 'rev_1',
    }),
  ]);
  expect(found).toEqual({
    incidentId: incidentAt(1),
    number: 1,
    title: 'Search is slow',
    openedAt: '2026-01-05T00:01:00.000Z',
    because: ['alert-key', 'cause', 'text'],
    helped: 'A restart.',
    causeIds: ['cau_1'],
    reviewId: 'rev_1',
  });
});

it('among equals what can say what helped goes first, then what is more alike, then the newest', () => {
  const title = 'Order export queue worker stuck again since night';
  const numbers = (known: Fingerprint[]): number[] =>
    recognise(fingerprint(9, title), known).map(({ number }) => number);
  expect(
    numbers([fingerprint(3, title), fingerprint(2, title), fingerprint(1, title, { helped: 'x' })]),
  ).toEqual([1, 3, 2]);
  expect(numbers([fingerprint(3, title.replace('night', 'noon')), fingerprint(2, title)])).toEqual([2, 3]);
  expect(numbers([5, 4, 3, 2, 1].map((place) => fingerprint(place, title)))).toEqual([5, 4, 3]);
});

it('an incident opened by hand has no alert in common with another one', () => {
  expect(recognise(fingerprint(2, 'One thing'), [fingerprint(1, 'Another matter')])).toEqual([]);
});

it('knows the causes of the same alert only, of every incident before it, each once and at most 10', () => {
  const many = Array.from({ length: 12 }, (_, place) => `cau_${place}`);
  const known = [
    fingerprint(8, 'Later', { ...KEY, causeIds: ['cau_later'] }),
    fingerprint(6, 'Same', { ...KEY, causeIds: ['cau_a'] }),
    fingerprint(5, 'Same', { ...KEY, causeIds: ['cau_a', 'cau_b'] }),
    fingerprint(4, 'Same', { alertKey: 'ANOTHER', causeIds: ['cau_c'] }),
    ...[3, 2, 1].map((place) => fingerprint(place, 'Same', KEY)),
    fingerprint(0, 'Same', { ...KEY, causeIds: many }),
  ];
  expect(causesOfAlert(fingerprint(7, 'Same', KEY), known)).toEqual(['cau_a', 'cau_b', ...many.slice(0, 8)]);
  expect(causesOfAlert(fingerprint(7, 'Same'), known)).toEqual([]);
});

it('whatever is known: never itself or what is newer, never more than 3, the same every time', () => {
  const some = fc.record({
    place: fc.nat({ max: 60 }),
    words: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 }),
    alertKey: fc.option(fc.constantFrom('one', 'two'), { nil: undefined }),
    causeIds: fc.uniqueArray(fc.constantFrom('cau_1', 'cau_2'), { maxLength: 2 }),
    helped: fc.option(fc.constant('It helped.'), { nil: undefined }),
  });
  const all = fc.uniqueArray(some, { maxLength: 50, selector: ({ place }) => place });
  const property = fc.property(some, all, ({ place, ...own }, others) => {
    const newcomer = fingerprint(place, 'any', own);
    const known = others
      .sort((one, other) => other.place - one.place)
      .map(({ place: at, ...change }) => fingerprint(at, 'any', change));
    const found = recognise(newcomer, known);
    expect(found.length).toBeLessThanOrEqual(3);
    for (const match of found) {
      expect(match.incidentId < newcomer.incidentId).toBe(true);
      expect(match.because.length).toBeGreaterThan(0);
    }
    expect(recognise(newcomer, known)).toEqual(found);
    expect(recognise(newcomer, known.toReversed())).toEqual(found);
  });
  fc.assert(property, { numRuns: 500 });
});
