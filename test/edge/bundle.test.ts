import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ENTRY = `
  import * as z from 'zod';
  import { api } from './shared/edge/http.ts';
  import { route } from './shared/edge/route.ts';
  const spec = { about: 'Is there.', needs: 'read', response: z.object({ id: z.string() }) };
  export const handler = api('tiny', [route('GET /v1/tiny', spec, async () => ({ id: '1' }))]);
`;

/** The sources that a cold start of the smallest API loads at once. */
const loadedAtOnce = async (): Promise<string[]> => {
  const { metafile } = await build({
    stdin: {
      contents: ENTRY,
      resolveDir: new URL('../../', import.meta.url).pathname,
      sourcefile: 'tiny.ts',
      loader: 'ts',
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outdir: 'nowhere',
    write: false,
    metafile: true,
    logLevel: 'silent',
    banner: { js: '' },
  });
  const wanted = ['nowhere/stdin.js'];
  for (const name of wanted)
    for (const { path, kind } of metafile.outputs[name]?.imports ?? [])
      if (kind === 'import-statement' && metafile.outputs[path] && !wanted.includes(path)) wanted.push(path);
  return wanted.flatMap((name) => Object.keys(metafile.outputs[name]?.inputs ?? {}));
};

describe('the smallest API', () => {
  it('loads nothing of the AWS SDK before it is needed', async () => {
    const sources = await loadedAtOnce();
    expect(sources).toContain('shared/edge/http.ts');
    expect(sources.filter((source) => /@aws-sdk|@smithy|ports-on-aws|temporal/.test(source))).toEqual([]);
  });
});
