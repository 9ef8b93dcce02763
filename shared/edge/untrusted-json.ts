import { step } from '../domain/parse.ts';
import { type Problem, Refused } from '../domain/refused.ts';

/** 512 KB, counted on the decoded bytes. */
const MOST_BYTES = 512 * 1024;
const DEEPEST = 32;
const MOST_KEYS = 1000;
const MOST_ELEMENTS = 10_000;
const MOST_PROBLEMS = 20;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * JSON that a stranger sent, as a value that is safe to look at: of bounded size, depth and width, without keys that
 * reach for prototypes, and without text that the store cannot keep. Schemas come after it.
 * @param root what the paths of problems begin with.
 * @param most how many bytes it may have.
 * @throws Refused `too-large` over 512 KB unless told; `invalid` with every fault found, 20 at most.
 */
export const readJson = (input: string | Uint8Array, root = 'body', most = MOST_BYTES): unknown => {
  const size = typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength;
  if (size > most) throw new Refused('too-large', `Send at most ${most / 1024} KB.`);
  const text = typeof input === 'string' ? input : decoded(input, root);
  if (isTooDeep(text)) throw unfit([{ path: root, message: `is nested deeper than ${DEEPEST} levels` }]);
  const value = parsed(text, root);
  const problems: Problem[] = [];
  inspect(value, root, problems);
  if (problems.length > 0) throw unfit(problems);
  return value;
};

/** Why a text cannot be taken, or undefined: the store keeps neither NUL nor half a character. */
export const faultOfText = (text: string): string | undefined => {
  if (text.includes('\u0000')) return 'contains the character NUL';
  if (!text.isWellFormed()) return 'contains a lone surrogate, which is half a character';
  return undefined;
};

/** Why a key cannot be taken, or undefined. */
export const faultOfKey = (key: string): string | undefined =>
  FORBIDDEN_KEYS.has(key) ? 'is a key that is not accepted anywhere' : faultOfText(key);

const unfit = (problems: Problem[]): Refused =>
  new Refused('invalid', 'The JSON sent cannot be accepted.', problems);

const decoded = (bytes: Uint8Array, root: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unfit([{ path: root, message: 'is not valid UTF-8' }]);
  }
};

/** Looked at before parsing, and without recursion, so that no depth overflows anything. */
const isTooDeep = (text: string): boolean => {
  let depth = 0;
  for (let place = 0; place < text.length; place += 1) {
    const character = text[place];
    if (character === '"') place = endOfString(text, place);
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
};

/** Where the string that opens at `start` closes, or the end of the text. */
const endOfString = (text: string, start: number): number => {
  let place = start + 1;
  while (place < text.length && text[place] !== '"') place += text[place] === '\\' ? 2 : 1;
  return place;
};

const parsed = (text: string, root: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unfit([{ path: root, message: `is not valid JSON${whereOf(error, text)}` }]);
  }
};

/** The engine says where the fault is, except at the end of the text and in very short ones. */
const whereOf = (error: unknown, text: string): string => {
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('Unexpected end')) return `: it ends too early, at position ${text.length}`;
  const [, position, line, column] = /at position (\d+)(?: \(line (\d+) column (\d+)\))?/.exec(message) ?? [];
  if (position === undefined) return '';
  return line ? ` at position ${position} (line ${line}, column ${column})` : ` at position ${position}`;
};

/** Adds what is wrong with a value; recursion is safe, because the depth was looked at before. */
const inspect = (value: unknown, path: string, problems: Problem[]): void => {
  if (problems.length >= MOST_PROBLEMS) return;
  if (typeof value === 'string') report(faultOfText(value), path, problems);
  else if (Array.isArray(value)) inspectArray(value, path, problems);
  else if (typeof value === 'object' && value !== null) inspectObject(value, path, problems);
};

const report = (message: string | undefined, path: string, problems: Problem[]): void => {
  if (message !== undefined && problems.length < MOST_PROBLEMS) problems.push({ path, message });
};

const inspectArray = (value: unknown[], path: string, problems: Problem[]): void => {
  const isTooLong = value.length > MOST_ELEMENTS;
  if (isTooLong) report(`has more than ${MOST_ELEMENTS} elements`, path, problems);
  else for (const [place, element] of value.entries()) inspect(element, step(path, place), problems);
};

const inspectObject = (value: object, path: string, problems: Problem[]): void => {
  const entries = Object.entries(value);
  const isTooWide = entries.length > MOST_KEYS;
  if (isTooWide) report(`has more than ${MOST_KEYS} keys`, path, problems);
  for (const [key, member] of isTooWide ? [] : entries) {
    report(faultOfKey(key), step(path, key), problems);
    inspect(member, step(path, key), problems);
  }
};
