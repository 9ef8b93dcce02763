import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { installation } from '../support/installation.ts';
import { integrate } from '../support/team.ts';
import { incidentsCalled } from './what-is-there.ts';

const { url, team, administrator } = installation();
const PATIENCE = { timeout: 10_000, interval: 50 };

let address = '';
beforeAll(async () => {
  const made = await integrate(administrator, team().serviceId, 'generic');
  address = made.url.replace(/^https?:\/\/[^/]+/, url());
});

/** As one types it. Resolves to the status and the body. */
const curl = async (...words: string[]): Promise<{ status: number; body: string }> => {
  const { stdout } = await promisify(execFile)('curl', ['-sS', '-w', '\n%{http_code}', ...words]);
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
};

const standing = async (words: string) =>
  (await incidentsCalled(administrator, words)).map(({ status }) => status);

describe('curl without any integration of ours', () => {
  test.each<[string, string[], string[]]>([
    [
      'The backup of books-1 failed',
      ['-H', 'Content-Type: text/plain', '--data-binary', 'The backup of books-1 failed\nexit 2\n'],
      ['-H', 'Content-Type: text/plain', '--data-binary', 'The backup of books-1 failed', '?action=resolve'],
    ],
    [
      'The mail queue is long',
      ['-d', 'summary=The mail queue is long', '-d', 'severity=critical', '-d', 'dedupKey=queue'],
      ['-d', 'dedupKey=queue', '-d', 'action=resolve'],
    ],
    [
      'Payments are refused',
      ['--json', '{"summary":"Payments are refused","dedupKey":"payments"}'],
      ['--json', '{"dedupKey":"payments","action":"resolve"}'],
    ],
    [
      'JSON without saying so',
      ['-d', '{"summary":"JSON without saying so","dedupKey":"quiet"}'],
      ['-d', '{"dedupKey":"quiet","action":"resolve"}'],
    ],
  ])('opens and resolves "%s"', async (title, opening, ending) => {
    const opened = await curl(...opening, address);
    expect(opened).toMatchObject({ status: 202 });
    expect(await standing(title)).toEqual(['triggered']);
    const query = ending.at(-1)?.startsWith('?') ? ending.at(-1) : '';
    const words = query ? ending.slice(0, -1) : ending;
    expect(await curl(...words, `${address}${query}`)).toMatchObject({ status: 202 });
    await expect.poll(() => standing(title), PATIENCE).toEqual(['resolved']);
  });

  test('the same line twice is the same problem', async () => {
    const line = ['-d', 'summary=The nightly import failed', address];
    expect((await curl(...line)).status).toBe(202);
    expect((await curl(...line)).status).toBe(202);
    expect(await standing('nightly import')).toEqual(['triggered']);
  });

  test('a wrong key does not exist, and a wrong field is named', async () => {
    expect((await curl('-d', 'summary=x', `${address}x`)).status).toBe(404);
    const { status, body } = await curl('-d', 'severity=terrible', address);
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ path: 'body.severity' })]),
    });
  });
});
