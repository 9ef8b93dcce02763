import { expect, test } from 'vitest';
import * as z from 'zod';
import type { Ports } from '../../../shared/workflow/engine/ports.ts';
import { converse } from '../../../shared/workflow/trackers/conversation.ts';

const token = 's3cret-token';
const basic = Buffer.from(`bot@example.com:${token}`).toString('base64');
const clock = { now: () => '2026-01-05T03:00:00.000Z' };

/** What is said of a tracker that answers 400 with this. */
const saidOf = async (body: string): Promise<string> => {
  const ports = { clock, httpRequest: async () => ({ status: 400, body }) } as unknown as Ports;
  const tracker = { apiUrl: 'https://example.atlassian.net' };
  const { ask } = converse(ports, { tracker, token, headers: { authorization: `Basic ${basic}` } });
  return ask(z.unknown(), { method: 'GET', path: '/' }).then(
    () => 'nothing',
    ({ message }: Error) => message,
  );
};

test.each([
  ['as it is', `No account for ${token}.`, 'The tracker answered 400: No account for ….'],
  [
    'as it was sent',
    `Authorization was Basic ${basic}`,
    'The tracker answered 400: Authorization was Basic ….',
  ],
])('a tracker that repeats the token %s is not quoted with it', async (_how, message, said) => {
  expect(await saidOf(JSON.stringify({ message }))).toBe(said);
});

test('words are found a little way down, and nobody is led further', async () => {
  const said = (depth: number) => saidOf(`{"errors":${'['.repeat(depth)}"No"${']'.repeat(depth)}}`);
  expect(await said(2)).toBe('The tracker answered 400: No.');
  expect(await said(400_000)).toBe('The tracker answered 400.');
});
