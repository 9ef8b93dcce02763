import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');

/**
 * Bundles one function, SDK included, as minified ES modules; what it imports dynamically stays a chunk of its
 * own and costs the cold start nothing. Source maps lie beside the bundle in `.build`, not in what is uploaded.
 */
export const bundle = (name: string): Code =>
  Code.fromAsset(bundleInto(name, join(ROOT, '.build', name)), { exclude: ['**/*.map'] });

/** Bundles one function into a folder, and answers the folder. */
export const bundleInto = (name: string, outdir: string): string => {
  rmSync(outdir, { recursive: true, force: true });
  buildSync({
    entryPoints: { index: entryOf(name) },
    outdir,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    sourcemap: 'external',
    // Only CommonJS dependencies need it. A declared name here would collide with a minified one.
    banner: { js: "globalThis.require=(await import('node:module')).createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
  return outdir;
};

const entryOf = (name: string): string => {
  const file = join(ROOT, 'functions', `${name}.ts`);
  return existsSync(file) ? file : join(ROOT, 'functions', name, 'index.ts');
};
