import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendWithRetry } from '../../shared/channels/send-with-retry.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';

const message: Message = { id: 'pag_1', channel: 'email', to: 'ada@example.com', subject: 's', text: 't' };
const problem = (name: string, httpStatusCode?: number, text = 'no') =>
  Object.assign(new Error(text), { name, $metadata: { httpStatusCode } });

it('hands over only against a message id', async () => {
  expect(await sendWithRetry(message, async () => ({ MessageId: 'm-1' }))).toEqual({
    handedOver: true,
    reference: 'm-1',
  });
  expect(await sendWithRetry(message, async () => ({}))).toEqual({
    handedOver: false,
    reason: 'the response had no message id',
    retryable: true,
  });
});

describe('tells what is worth another try', () => {
  it.each([
    ['a connection that was refused', problem('Error'), true],
    ['throttling', problem('TooManyRequestsException', 429), true],
    ['throttling under another status', problem('ThrottledException', 400), true],
    ['a fault of the service', problem('InternalServiceErrorException', 500), true],
    ['an outage', problem('ServiceUnavailable', 503), true],
    ['something that is no error at all', 'a string', true],
    ['an address that is not verified, or refused', problem('MessageRejected', 400), false],
    ['a sender that is not verified', problem('MailFromDomainNotVerifiedException', 400), false],
    ['an account that may not send', problem('SendingPausedException', 400), false],
    ['a number that opted out', problem('OptedOutException', 400), false],
    ['a number that is none', problem('InvalidParameterException', 400), false],
    ['a role that may not', problem('AccessDeniedException', 403), false],
  ])('%s: %#', async (_, error, retryable) => {
    const receipt = await sendWithRetry(message, () => Promise.reject(error));
    expect(receipt).toMatchObject({ handedOver: false, retryable });
  });
});

it('says what was wrong, without the address and at a readable length', async () => {
  const error = problem('MessageRejected', 400, `not verified: ada@example.com ${'x'.repeat(999)}`);
  const receipt = await sendWithRetry(message, () => Promise.reject(error));
  const reason = receipt.handedOver ? '' : receipt.reason;
  expect(reason).toMatch(/^MessageRejected: not verified: the address x+$/);
  expect(reason).toHaveLength(300);
});

describe('with time that stands still', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('gives up after 5 seconds, also on what does not listen to the signal', async () => {
    let heard: AbortSignal | undefined;
    const receipt = sendWithRetry(message, (signal) => {
      heard = signal;
      return new Promise(() => undefined);
    });
    await vi.advanceTimersByTimeAsync(4999);
    expect(heard?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await receipt).toEqual({
      handedOver: false,
      reason: 'no answer within 5 seconds',
      retryable: true,
    });
    expect(heard?.aborted).toBe(true);
  });

  it('leaves no clock running behind it', async () => {
    await sendWithRetry(message, async () => ({ MessageId: 'm-1' }));
    expect(vi.getTimerCount()).toBe(0);
  });
});
