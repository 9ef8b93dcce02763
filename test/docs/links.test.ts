import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { PAGES, proseOf, ROOT, textOf } from './pages.ts';

const MOST_README = 10_000;
const MOST_PICTURE = 200_000;

/** As GitHub names a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (page: string): string[] =>
  [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** Links and pictures to files of the project. */
const linksOf = (page: string): string[] =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)]
    .map(([, link, picture]) => link ?? picture ?? '')
    .filter((link) => !/^\w+:/.test(link));

const isBroken = (page: string, link: string): boolean => {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return true;
  return anchor !== undefined && !anchorsOf(target).includes(anchor);
};

test.each(PAGES)('every link and picture in %s leads somewhere', (page) => {
  expect(linksOf(page).filter((link) => isBroken(page, link))).toEqual([]);
});

test('every page in docs/ is linked from the README', () => {
  const linked = linksOf('README.md').map((link) => link.split('#')[0]);
  expect(PAGES.filter((page) => page !== 'README.md' && !linked.includes(page))).toEqual([]);
});

test('the README and its pictures stay small', () => {
  expect(Buffer.byteLength(textOf('README.md'))).toBeLessThan(MOST_README);
  const pictures = linksOf('README.md').filter((link) => link.endsWith('.png'));
  expect(pictures).not.toEqual([]);
  for (const picture of pictures)
    expect(statSync(join(ROOT, picture)).size, picture).toBeLessThan(MOST_PICTURE);
});

/** `a/{b,c}` means a/b and a/c. */
const spelledOut = (path: string): string[] => {
  const [, before = '', choice, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? [];
  return choice ? choice.split(',').map((each) => `${before}${each}${after}`) : [path];
};

test('the tests that prove the promises exist', () => {
  const rows = textOf('docs/architecture.md')
    .split('\n')
    .filter((line) => /^\| \d+ \|/.test(line));
  const named = rows.flatMap((row) =>
    [...(row.split('|')[3] ?? '').matchAll(/`([^`]+)`/g)].flatMap(([, path = '']) => spelledOut(path)),
  );
  expect(named.length).toBeGreaterThan(20);
  const exists = (path: string): boolean =>
    existsSync(join(ROOT, 'test', path)) || existsSync(join(ROOT, 'test', `${path}.test.ts`));
  expect(named.filter((path) => !exists(path))).toEqual([]);
});
