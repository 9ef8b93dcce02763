import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sendMail } from '../../infra/local/mail.ts';
import { sendHere } from '../../infra/local/send.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';

const NOW = '2026-03-02T12:00:00.000Z';

const message: Message = {
  id: 'pag_1',
  channel: 'email',
  to: 'ada@example.com',
  subject: 'SEV1 #1\r\nBcc: eve@example.com',
  text: 'Checkout is failing',
  html: '<p>Checkout is failing</p>',
};

const received: { to: string[]; data: string }[] = [];
let refusal: { responseCode: number } | undefined;
/** Runs when the server has heard the sender, before it says anything to that. */
let dawdles: (() => void) | undefined;
let server: SMTPServer;
let url: string;

beforeEach(async () => {
  received.length = 0;
  refusal = undefined;
  dawdles = undefined;
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom: (_address, _session, done) => {
      dawdles?.();
      done();
    },
    onRcptTo: (_address, _session, done) =>
      done(refusal ? Object.assign(new Error('not here'), refusal) : undefined),
    onData: async (stream, session, done) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      const to = session.envelope.rcptTo.map(({ address }) => address);
      received.push({ to, data: Buffer.concat(chunks).toString() });
      done();
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise<void>((resolve) => void server.close(resolve)));

const settings = () => ({ url, from: 'firebreak@example.com' });

describe('e-mail by SMTP', () => {
  test('really goes out, to its one recipient', async () => {
    const receipt = await sendMail(message, settings());
    expect(receipt).toMatchObject({ handedOver: true });
    expect(received).toHaveLength(1);
    expect(received[0]?.to).toEqual(['ada@example.com']);
    expect(received[0]?.data).toMatch(/^X-Firebreak-Message: pag_1\r$/m);
    expect(received[0]?.data).toContain('text/plain');
    expect(received[0]?.data).toContain('text/html');
  });

  test('lets no subject add a header', async () => {
    await sendMail(message, settings());
    expect(received[0]?.data).not.toMatch(/^Bcc:/im);
  });

  test.for([
    [550, false],
    [450, true],
  ] as const)(
    'a recipient refused with %i: another try is worth it: %s',
    async ([responseCode, retryable]) => {
      refusal = { responseCode };
      expect(await sendMail(message, settings())).toMatchObject({ handedOver: false, retryable });
    },
  );

  test('a server that has not taken it after 5 seconds in all is tried again', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] });
    dawdles = () => vi.advanceTimersByTime(5000);
    const receipt = await sendMail(message, settings());
    vi.useRealTimers();
    const reason = 'SMTP: no answer within 5 seconds';
    expect(receipt).toEqual({ handedOver: false, retryable: true, reason });
  });

  test('a server that is not there is a failure to try again', async () => {
    const receipt = await sendMail(message, { url: 'smtp://127.0.0.1:1', from: 'firebreak@example.com' });
    expect(receipt).toMatchObject({
      handedOver: false,
      retryable: true,
      reason: expect.stringMatching(/^SMTP: /),
    });
  });
});

describe('a message on one machine', () => {
  const letters: string[] = [];
  const clock = { now: () => NOW, pause: async () => {} };
  const mailboxThat = (put: () => Promise<void>) => ({
    put: async ({ id }: Message) => {
      await put();
      letters.push(id);
    },
    newest: async () => [],
    close: async () => {},
  });
  const works = mailboxThat(async () => {});
  beforeEach(() => {
    letters.length = 0;
  });

  test('ends in the mailbox, and goes out where there is a way', async () => {
    const receipt = await sendHere({ mailbox: works, clock, mail: settings() })(message);
    expect(receipt.handedOver).toBe(true);
    expect([letters, received.length]).toEqual([['pag_1'], 1]);
  });

  test('that is a text goes to the mailbox alone', async () => {
    await sendHere({ mailbox: works, clock, mail: settings() })({ ...message, channel: 'sms' });
    expect([letters, received.length]).toEqual([['pag_1'], 0]);
  });

  test('that SMTP refused is not in the mailbox either', async () => {
    refusal = { responseCode: 550 };
    const receipt = await sendHere({ mailbox: works, clock, mail: settings() })(message);
    expect([receipt.handedOver, letters]).toEqual([false, []]);
  });

  test('that the mailbox could not keep was not handed over', async () => {
    const full = mailboxThat(() => Promise.reject(new Error('no space left on device')));
    expect(await sendHere({ mailbox: full, clock })(message)).toEqual({
      handedOver: false,
      reason: 'The mailbox cannot be written: no space left on device',
      retryable: true,
    });
  });
});
