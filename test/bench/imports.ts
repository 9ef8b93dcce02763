import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bundleInto } from '../../infra/bundle.ts';
import { FUNCTION_NAMES } from '../../infra/functions.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '.build/bench');
const TARGET = { hot: 1.5, others: 1.8 };

const TIMED = `
const began = performance.now();
await Promise.all(process.argv.slice(1).map((file) => import(file)));
process.stdout.write(String(performance.now() - began));
`;

/** Milliseconds to import the modules in a fresh process. */
const importTime = (files: string[]): number => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', TIMED, ...files],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
};

const median = (values: number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** Kilobytes of the module itself, and of all chunks that it may load. */
const sizes = (folder: string) => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.mjs'),
  );
  const kilobytes = (name: string): number => statSync(join(folder, name)).size / 1024;
  const sum = files.map(kilobytes).reduce((one, other) => one + other, 0);
  return { entryKilobytes: Math.round(kilobytes('index.mjs')), allKilobytes: Math.round(sum) };
};

/** The chunks by which a function reaches the table: loaded by its first invocation, so they belong to a cold start. */
const tableChunks = (folder: string): string[] =>
  readdirSync(join(folder, 'chunks'), { encoding: 'utf8' })
    .filter((name) => /^dist-es-.*\.mjs$/.test(name))
    .map((name) => join(folder, 'chunks', name))
    .filter((file) => /DynamoDB/.test(readFileSync(file, 'utf8')));

/** A bundle with nothing but the DynamoDB document client, made as ours are. */
const bundleBare = (): string => {
  const outdir = join(FOLDER, 'bare');
  mkdirSync(outdir, { recursive: true });
  buildSync({
    stdin: {
      contents: `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, GetCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
        export const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }));
        export const commands = [GetCommand, QueryCommand, TransactWriteCommand, UpdateCommand];`,
      resolveDir: ROOT,
    },
    outfile: join(outdir, 'index.mjs'),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: { js: "globalThis.require=(await import('node:module')).createRequire(import.meta.url);" },
  });
  return outdir;
};

/** Import time of every function's bundle, as a multiple of the bare one's; interleaved, so that both see the same machine. */
export const measureImports = async (rounds: number) => {
  rmSync(FOLDER, { recursive: true, force: true });
  const bare = bundleBare();
  const folders = new Map<string, string>([['bare', bare]]);
  for (const name of FUNCTION_NAMES) folders.set(name, bundleInto(name, join(FOLDER, name)));
  const files = new Map<string, string[]>();
  for (const [name, folder] of folders) {
    const index = join(folder, 'index.mjs');
    files.set(name, [index]);
    if (name !== 'bare') files.set(`${name} with table`, [index, ...tableChunks(folder)]);
  }
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1)
    for (const [name, each] of files) times.set(name, [...(times.get(name) ?? []), importTime(each)]);
  const bareTime = median(times.get('bare') ?? []);
  const ratio = (name: string): number => Math.round((median(times.get(name) ?? []) / bareTime) * 100) / 100;
  const milliseconds = (name: string): number => Math.round(median(times.get(name) ?? []) * 10) / 10;
  const rows = FUNCTION_NAMES.map((name) => [
    name,
    {
      milliseconds: milliseconds(name),
      ratio: ratio(name),
      ratioWithTable: ratio(`${name} with table`),
      target: name === 'receive-alert' ? TARGET.hot : TARGET.others,
      ...sizes(folders.get(name) ?? ''),
    },
  ]);
  return { bare: { milliseconds: milliseconds('bare'), ...sizes(bare) }, ...Object.fromEntries(rows) };
};
