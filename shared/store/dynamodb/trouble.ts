import { unavailable } from '../unavailable.ts';

const BUSY = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'InternalServerError',
  'TransactionInProgressException',
  'TimeoutError',
]);
const BUSY_IN_A_TRANSACTION = ['ProvisionedThroughputExceeded', 'ThrottlingError'];
const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
const OVERTAKEN = ['ConditionalCheckFailed', 'TransactionConflict'];

/** What the SDK throws, as far as it matters here. Told by name: bundles may hold its classes twice. */
interface Failure {
  name?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
  CancellationReasons?: { Code?: string }[];
}

const cancelledFor = (failure: Failure, codes: string[]): boolean =>
  failure.name === 'TransactionCanceledException' &&
  (failure.CancellationReasons ?? []).some((reason) => codes.includes(reason.Code ?? ''));

/** A guard did not hold, or another write of the same item was under way. Either way nothing was written. */
export const isOvertaken = (error: unknown): boolean => {
  const failure = error as Failure;
  return isConditionFailed(error) || isConflict(error) || cancelledFor(failure, OVERTAKEN);
};

export const isConditionFailed = (error: unknown): boolean =>
  (error as Failure).name === 'ConditionalCheckFailedException';

export const isConflict = (error: unknown): boolean =>
  (error as Failure).name === 'TransactionConflictException';

const isPassing = (failure: Failure): boolean =>
  BUSY.has(failure.name ?? '') ||
  NETWORK.test(failure.code ?? '') ||
  (failure.$metadata?.httpStatusCode ?? 0) >= 500 ||
  cancelledFor(failure, BUSY_IN_A_TRANSACTION);

/** Trouble that passes, after the SDK's own retries, becomes `Refused('unavailable')`; anything else stays as it is. */
export const asRefusal = (error: unknown): unknown =>
  error instanceof Error && isPassing(error as Failure) && !isOvertaken(error) ? unavailable(error) : error;
