import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { derive, deriveInOrder, digest, ulid } from '../../shared/domain/id.ts';
import { instant } from '../../shared/domain/time.ts';

const times = fc.nat(2 ** 43);
const entropy = fc.uint8Array({ minLength: 10, maxLength: 10 });
const SHAPE = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const drawOf = (at: number, random: Uint8Array) => ({ now: instant(at), id: ulid(at, random) });

test('ids sort by time, whatever was drawn', () => {
  fc.assert(
    fc.property(times, times, entropy, entropy, (one, other, random, more) => {
      const [first, second] = [ulid(one, random), ulid(other, more)];
      expect(first).toMatch(SHAPE);
      if (one !== other) expect(first < second).toBe(one < other);
    }),
  );
});

test('of one draw and label there is one id; another label or draw is another id of the same time', () => {
  fc.assert(
    fc.property(times, entropy, fc.string(), fc.string(), (at, random, label, other) => {
      const invocation = drawOf(at, random);
      const id = derive('inc', invocation, label);
      expect(derive('inc', { ...invocation }, label)).toBe(id);
      expect(id.slice(4)).toMatch(SHAPE);
      expect(id.slice(4, 14)).toBe(invocation.id.slice(0, 10));
      expect(derive('inc', invocation, other) === id).toBe(label === other);
    }),
  );
});

test('things of one draw sort by their place, those of a later draw after them', () => {
  fc.assert(
    fc.property(times, entropy, fc.nat(2000), fc.nat(2000), (at, random, one, other) => {
      const invocation = drawOf(at, random);
      const [first, second] = [
        deriveInOrder('tle', invocation, one),
        deriveInOrder('tle', invocation, other),
      ];
      expect(first < second).toBe(one < other);
      expect(first < deriveInOrder('tle', drawOf(at + 1, random), other)).toBe(true);
    }),
  );
});

test('a digest is the same everywhere, for it is kept', () => {
  expect(digest('')).toBe('WERC8GMRZGE196QV');
});
