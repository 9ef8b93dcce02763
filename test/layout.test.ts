import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCES = ['infra', 'functions', 'shared'];
const LONGEST_FILE = 250;
const LONGEST_TEST = 300;

const filesUnder = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));

const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const IMPORT = /(?:\bfrom |\bimport\()'([^']+)'/g;
const importsOf = (file: string): string[] =>
  [...textOf(file).matchAll(IMPORT)].map(([, path = '']) =>
    path.startsWith('.') ? relative(ROOT, resolve(ROOT, file, '..', path)) : path,
  );

const sources = SOURCES.flatMap(filesUnder);

/** Who may not import what, and why. */
const RULES: { files: RegExp; never: RegExp; because: string }[] = [
  {
    files: /^shared\/domain\//,
    never: /^(?!shared\/domain\/|zod$|temporal-polyfill$|node:crypto$)/,
    because: 'the domain is pure: itself, zod, Temporal, and a hash',
  },
  {
    files: /^shared\/(workflow|sources|pages|schedules)\//,
    never: /^@aws-sdk\/|^@middy\/|^@aws-lambda-powertools\//,
    because: 'workflows talk to ports only',
  },
  { files: /^functions\//, never: /^@aws-sdk\//, because: 'functions parse and call one workflow' },
  { files: /^shared\//, never: /^(infra|functions)\//, because: 'what is shared knows nobody who uses it' },
  { files: /^functions\//, never: /^infra\//, because: 'functions do not know where they run' },
  {
    files: /^(?!shared\/store\/|infra\/).*/,
    never: /^@aws-sdk\/(client-dynamodb|lib-dynamodb)$/,
    because: 'the store is the only one that knows DynamoDB',
  },
];

test.each(RULES)('$files never imports $never: $because', ({ files, never }) => {
  const offenders = sources
    .filter((file) => files.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((path) => never.test(path))
        .map((path) => `${file} imports ${path}`),
    );
  expect(offenders).toEqual([]);
});

test('zod comes by its star import, which is a fifth of the size', () => {
  const offenders = sources.filter((file) => /import \{[^}]*\} from 'zod'/.test(textOf(file)));
  expect(offenders).toEqual([]);
});

test('time and ids are passed in, below the edge', () => {
  const passed = sources.filter((file) => /^shared\/(domain|workflow|sources|pages|store)\//.test(file));
  const drawn = /Date\.now\(\)|new Date\(\)|randomUUID|Math\.random/;
  expect(passed.filter((file) => drawn.test(textOf(file)))).toEqual([]);
});

test('nothing reads the whole table', () => {
  expect(sources.filter((file) => /ScanCommand|dynamodb:Scan/.test(textOf(file)))).toEqual([]);
});

test('files stay small, and nothing is called by what it does not mean', () => {
  const long = [
    ...sources.map((file) => [file, LONGEST_FILE] as const),
    ...filesUnder('test').map((file) => [file, LONGEST_TEST] as const),
  ]
    .filter(([file, most]) => textOf(file).split('\n').length - 1 > most)
    .map(([file]) => file);
  expect(long).toEqual([]);
  const vague = /(^|[/-])(utils?|helpers?|common|misc|manager|dto|types|constants)([.-]|\/|$)/;
  expect(sources.filter((file) => vague.test(file))).toEqual([]);
});

test('the top level is what the design says', () => {
  const known =
    /^(package\.json|package-lock\.json|tsconfig\.json|cdk\.json|infra|functions|shared|test|README\.md|LICENSE|CHANGELOG\.md|CONTRIBUTING\.md|SECURITY\.md|docs|biome\.json|vitest\.config\.ts|firebreak\.json)$/;
  const generated = /^(\..*|node_modules|cdk\.out)$/;
  const strangers = readdirSync(ROOT).filter((name) => !known.test(name) && !generated.test(name));
  expect(strangers).toEqual([]);
});

/** What a file imports when it is loaded: not what it loads when that is needed. */
const STATIC = /^(?:import|export)\s[^'"]*?from '(\.[^']+)'/gms;
const loads = new Map(
  sources.map((file) => [
    file,
    [...textOf(file).matchAll(STATIC)].map(([, path = '']) =>
      relative(ROOT, resolve(ROOT, file, '..', path)),
    ),
  ]),
);

/** The imports that lead from a file back to itself; undefined when none do. */
const circleOf = (start: string): string[] | undefined => {
  const seen = new Set<string>();
  const follow = (file: string, way: string[]): string[] | undefined => {
    for (const next of loads.get(file) ?? []) {
      if (next === start) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = follow(next, [...way, next]);
      if (found) return found;
    }
    return undefined;
  };
  return follow(start, [start]);
};

test('no import leads back to where it began', () => {
  expect(sources.flatMap((file) => circleOf(file)?.join(' → ') ?? [])).toEqual([]);
});

/** Each knows those before it. The ground floor and the directory are for all. */
const AREAS = ['directory', 'corrective', 'proactive', 'preventive'];
const areaOf = (file: string): number => AREAS.indexOf(/^shared\/domain\/(\w+)\//.exec(file)?.[1] ?? '');

test('an area of the domain knows none that comes after it', () => {
  const offenders = sources.flatMap((file) =>
    (loads.get(file) ?? [])
      .filter((path) => areaOf(file) >= 0 && areaOf(path) > areaOf(file))
      .map((path) => `${file} imports ${path}`),
  );
  expect(offenders).toEqual([]);
});
