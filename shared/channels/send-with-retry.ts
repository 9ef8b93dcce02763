import type { Message, Receipt } from '../workflow/engine/ports.ts';

const LONGEST_SEND = 5000;
const LONGEST_REASON = 300;
const TOO_MANY_REQUESTS = 429;
const OUR_SIDE_OF_THEIR_FAULT = 500;
/** Throttling that is answered with status 400, as some services do. */
const THROTTLED = /throttl|toomanyrequests|requestlimit|slowdown/i;

/** How a channel's SDK client is made: one quick second try for a connection that died while nobody looked. */
export const PATIENCE = { maxAttempts: 2 };

/**
 * Runs one hand-over, 5 seconds at most in all, and says honestly what became of it: only an answer with a message
 * id counts. No answer at all is worth another try, and so are throttling and faults of the service; a refusal of
 * the address, the sender or the content is not.
 */
export const sendWithRetry = async (
  message: Message,
  attempt: (signal: AbortSignal) => Promise<{ MessageId?: string | undefined }>,
): Promise<Receipt> => {
  try {
    const answer = await within5Seconds(attempt);
    if (answer.MessageId) return { handedOver: true, reference: answer.MessageId };
    return failed('the response had no message id', true);
  } catch (error) {
    return failed(told(error, message.to), isRetryable(error));
  }
};

/**
 * What the attempt comes to, if it does so within 5 seconds in all, however many phases it has.
 * @throws what the attempt throws, or that there was no answer in time; it may then still go through.
 */
export const within5Seconds = async <T>(attempt: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const clock = new AbortController();
  const tooLate = new Error(`no answer within ${LONGEST_SEND / 1000} seconds`);
  const timer = setTimeout(() => clock.abort(tooLate), LONGEST_SEND);
  try {
    return await Promise.race([attempt(clock.signal), expiryOf(clock.signal)]);
  } catch (error) {
    throw clock.signal.aborted ? tooLate : error;
  } finally {
    clearTimeout(timer);
  }
};

/** Rejects when the time is up, for whatever does not listen to the signal. */
const expiryOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

/** A message that was not handed over, and whether another try could end otherwise. */
export const failed = (reason: string, retryable: boolean): Receipt => ({
  handedOver: false,
  reason,
  retryable,
});

interface Trouble {
  name?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
}

const isRetryable = (error: unknown): boolean => {
  const { name = '', $metadata } = Object(error) as Trouble;
  const status = $metadata?.httpStatusCode;
  if (status === undefined || THROTTLED.test(name)) return true;
  return status === TOO_MANY_REQUESTS || status >= OUR_SIDE_OF_THEIR_FAULT;
};

/** What went wrong in the service's words, without the address: it ends in timelines and logs. */
const told = (error: unknown, address: string): string => {
  const { name = 'Error', message = '' } = Object(error) as Trouble;
  const said = name === 'Error' && message ? message : `${name}: ${message}`;
  return said.replaceAll(address, 'the address').slice(0, LONGEST_REASON);
};
