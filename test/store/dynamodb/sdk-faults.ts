import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The requests as the SDK names them, such as `TransactWriteItemsCommand`. */
type CommandName = `${string}Command`;

interface Fault {
  command: CommandName;
  /** `before`: the table never saw the request. `after`: it did, and the answer was lost. */
  when: 'before' | 'after';
  times: number;
  error: () => Error;
}

/** Faults that the embedded engine never has, injected per try at the client's edge, inside the SDK's retries. */
export interface Faults {
  /** Fails the next tries of a request; the SDK decides whether to try again. */
  fail(fault: Fault): void;
  /** Every try that was made, by the request's name. */
  tries: CommandName[];
}

type Fields = Record<string, unknown>;

const awsError = (name: string, status: number, fields: Fields = {}): Error =>
  Object.assign(new Error(name), {
    name,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status },
    ...fields,
  });

export const conflict = (): Error => awsError('TransactionConflictException', 400);
export const cancelled =
  (...codes: string[]) =>
  (): Error =>
    awsError('TransactionCanceledException', 400, { CancellationReasons: codes.map((Code) => ({ Code })) });
export const throttled = (): Error => awsError('ProvisionedThroughputExceededException', 400);
export const serverError = (): Error => awsError('InternalServerError', 500);
export const refusedByTable = (): Error => awsError('ValidationException', 400);
export const timedOut = (): Error => Object.assign(new Error('too late'), { name: 'TimeoutError' });
export const connectionReset = (): Error => Object.assign(new Error('reset'), { code: 'ECONNRESET' });

export const injectFaults = (client: DynamoDBDocumentClient): Faults => {
  const pending: Fault[] = [];
  const tries: CommandName[] = [];
  const strike = (command: CommandName, when: Fault['when']): void => {
    const fault = pending.find((one) => one.command === command && one.when === when && one.times > 0);
    if (!fault) return;
    fault.times -= 1;
    throw fault.error();
  };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = context.commandName as CommandName;
      tries.push(command);
      strike(command, 'before');
      const answer = await next(args);
      strike(command, 'after');
      return answer;
    },
    { step: 'finalizeRequest', priority: 'low', name: 'faults' },
  );
  return {
    fail: (fault) => void pending.push({ ...fault }),
    tries,
  };
};
