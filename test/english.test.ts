import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Sentences that name nothing, and phrases that no engineer would say. Comments are not looked at. */
const BANNED = [
  /['`>]It (is|has|was|cannot)\b/,
  /\b(any more|what came of it|is told\b|hears? of it|made good|There is no such)/,
  /['`](.* )?(Whoever|whoever) (?!.*\*\/)/,
];

const lines = ['shared', 'functions']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .map((text, at) => ({ text, place: `${file}:${at + 1}` })),
  )
  .filter(({ text }) => !/^\s*(\/\/|\/?\*)/.test(text));

test('what people read names its subject and uses plain words', () => {
  const found = lines.filter(({ text }) => BANNED.some((banned) => banned.test(text)));
  expect(found.map(({ place, text }) => `${place} ${text.trim()}`)).toEqual([]);
});
