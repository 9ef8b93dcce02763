/**
 * Pastes the `sh` blocks of every page into a shell, in their order, against Firebreak as `npm start` runs it.
 * `console` blocks need AWS or npm, and are for people only.
 */
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configure } from '../../infra/configuration.ts';
import { ADMIN_KEY, type FirebreakProcess, startFirebreak } from '../support/firebreak-process.ts';
import { blocksOf, PAGES } from './pages.ts';

/** A month of the demo passes in one of them. */
const PASTES_WITHIN = 120_000;

const programs = ['bash', 'curl'].every((name) => spawnSync(name, ['--version']).status === 0);
/** Without a shell these tests are left out, but never where every test must run. */
const withoutShell = !programs && process.env.CI !== 'true';

/** curl, which also says on standard error what each request was answered. */
const CURL = `#!/bin/sh
PATH=\${PATH#*:} exec curl -w '%{stderr}\\nANSWER %{http_code} %{method} %{url_effective}\\n' "$@"
`;

interface Pasted {
  code: number;
  said: string;
  answers: string[];
}

const pages = PAGES.filter((page) => blocksOf(page, 'sh').length > 0);

test('there are pages to paste from', () => expect(pages.length).toBeGreaterThan(4));

describe.skipIf(withoutShell).each(pages)('every block of %s', (page) => {
  let folder: string;
  let firebreak: FirebreakProcess;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'firebreak-docs-'));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'curl'), CURL);
    chmodSync(join(folder, 'bin', 'curl'), 0o755);
    firebreak = startFirebreak(join(folder, 'data'), { FIREBREAK_DEMO: 'on' });
    await firebreak.ready;
  });
  afterAll(async () => {
    await firebreak.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const paste = (script: string): Promise<Pasted> =>
    new Promise((resolve) => {
      const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}`, TMPDIR: folder };
      execFile('bash', ['-c', script], { env, cwd: folder }, (error, stdout, stderr) => {
        const answers = [...stderr.matchAll(/^ANSWER (\d{3} .*)$/gm)].map(([, answer = '']) => answer);
        resolve({ code: error ? Number(error.code ?? 1) : 0, said: stdout + stderr, answers });
      });
    });

  test(
    'succeeds',
    async () => {
      const url = await firebreak.ready;
      const script = ['set -eu -o pipefail', ...blocksOf(page, 'sh')]
        .join('\n')
        .replaceAll('http://localhost:3000', url)
        .replaceAll('the-admin-key-that-npm-start-prints', ADMIN_KEY);
      const { code, said, answers } = await paste(script);
      expect(
        answers.filter((answer) => !answer.startsWith('2')),
        said,
      ).toEqual([]);
      expect(answers).not.toEqual([]);
      expect(said).not.toMatch(/\bundefined\b/);
      expect(code, said).toBe(0);
    },
    PASTES_WITHIN,
  );
});

test('the settings shown are settings', () => {
  const [settings = ''] = blocksOf('docs/deployment.md', 'json');
  expect(() => configure(JSON.parse(settings), 'docs/deployment.md')).not.toThrow();
});
