import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMailbox } from '../../infra/local/mailbox.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';

const NOW = '2026-03-02T12:00:00.000Z';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-mailbox-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const message = (id: string, fields: Partial<Message> = {}): Message => ({
  id,
  channel: 'email',
  to: 'ada@example.com',
  subject: 'SEV1',
  text: 'Answer at http://localhost/a/1',
  ...fields,
});

const file = (): string => join(folder, 'messages.jsonl');
const ids = (letters: { id: string }[]) => letters.map(({ id }) => id);

describe('the mailbox', () => {
  test('keeps what was sent, newest first', async () => {
    const mailbox = await openMailbox(folder);
    await mailbox.put(message('pag_1'), NOW);
    await mailbox.put(message('pag_2', { channel: 'sms', to: '+15550100101' }), NOW);
    expect(await mailbox.newest(10)).toEqual([
      {
        id: 'pag_2',
        at: NOW,
        channel: 'sms',
        to: '+15550100101',
        text: 'Answer at http://localhost/a/1',
        links: ['http://localhost/a/1'],
      },
      {
        id: 'pag_1',
        at: NOW,
        channel: 'email',
        to: 'ada@example.com',
        subject: 'SEV1',
        text: 'Answer at http://localhost/a/1',
        links: ['http://localhost/a/1'],
      },
    ]);
    await mailbox.close();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test('has a message in its file before it says so', async () => {
    const mailbox = await openMailbox(folder);
    await Promise.all(
      Array.from({ length: 50 }, async (_, number) => {
        await mailbox.put(message(`pag_${number}`), NOW);
        expect(readFileSync(file(), 'utf8')).toContain(`"pag_${number}"`);
      }),
    );
    await mailbox.close();
  });

  test('keeps all of many at once, in the order they came', async () => {
    const mailbox = await openMailbox(folder);
    const names = Array.from({ length: 2000 }, (_, number) => `pag_${number}`);
    await Promise.all(names.map((name) => mailbox.put(message(name, { text: 'é'.repeat(100) }), NOW)));
    expect(ids(await mailbox.newest(3))).toEqual(['pag_1999', 'pag_1998', 'pag_1997']);
    expect(ids(await mailbox.newest(5000))).toEqual(names.toReversed());
    await mailbox.close();
  });

  test('is the same after a restart', async () => {
    const first = await openMailbox(folder);
    await first.put(message('pag_1'), NOW);
    await first.close();
    const second = await openMailbox(folder);
    await second.put(message('pag_2'), NOW);
    expect(ids(await second.newest(10))).toEqual(['pag_2', 'pag_1']);
    await second.close();
  });

  test.for(['{"id":"pag_2"', `{"id":"pag_2","text":"${'x'.repeat(200_000)}`])(
    'drops the half line that a kill left, and nothing else',
    async (torn) => {
      const first = await openMailbox(folder);
      await first.put(message('pag_1'), NOW);
      await first.close();
      appendFileSync(file(), torn);
      const second = await openMailbox(folder);
      await second.put(message('pag_3'), NOW);
      expect(ids(await second.newest(10))).toEqual(['pag_3', 'pag_1']);
      await second.close();
    },
  );

  test('that is empty has nothing to show', async () => {
    const mailbox = await openMailbox(folder);
    expect(await mailbox.newest(10)).toEqual([]);
    await mailbox.close();
  });
});
