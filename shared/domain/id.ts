import { createHash } from 'node:crypto';
import type { Instant } from './time.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 16;

/** What a decision may know of the world: the time, and one id from which it derives its own. */
export interface Invocation {
  now: Instant;
  /** 26 characters, sorting by time; drawn once per invocation, so that a repeat makes the same things. */
  id: string;
}

/** Writes `value` in Crockford's base 32, in exactly `length` characters. */
const base32 = (value: bigint, length: number): string => {
  let rest = value;
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = ALPHABET[Number(rest & 31n)] + text;
    rest >>= 5n;
  }
  return text;
};

/** A time-ordered 26-character id: 48 bits of milliseconds, 80 of the entropy given. */
export const ulid = (epochMilliseconds: number, entropy: Uint8Array): string => {
  const random = entropy.slice(0, 10).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return base32(BigInt(epochMilliseconds), 10) + base32(random, RANDOM_CHARACTERS);
};

/** 16 characters (80 bits) that stand for the text. */
export const digest = (text: string): string => {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 10);
  return base32(BigInt(`0x${bytes.toString('hex')}`), RANDOM_CHARACTERS);
};

/** The id that `label` names within this draw: the same draw and label give the same id, always. */
export const derive = (prefix: string, invocation: Invocation, label: string): string =>
  `${prefix}_${invocation.id.slice(0, 10)}${digest(`${invocation.id}/${label}`)}`;

/** Like `derive`, for things of one draw that are listed in order: `place` decides among them. */
export const deriveInOrder = (prefix: string, invocation: Invocation, place: number): string =>
  `${prefix}_${invocation.id.slice(0, 10)}${base32(BigInt(place), 3)}${digest(`${invocation.id}/${place}`).slice(3)}`;
