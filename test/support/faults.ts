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
  /** Keeps the keys written from now on out of every index, as an index that lags does; `catchUp` ends that. */
  freezeIndexes(): void;
  catchUp(): void;
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

/** Requests are seen here in the table's notation, `{ S: 'text' }`, and answers already out of it. */
const keyText = ({ pk, sk }: Fields): string =>
  JSON.stringify([pk, sk].map((part) => (part as { S?: string }).S ?? part));

const keysWritten = (input: Fields): string[] => {
  const transaction = (input.TransactItems as Fields[] | undefined)?.flatMap((item) => Object.values(item));
  return ((transaction as Fields[] | undefined) ?? [input])
    .filter((write) => 'Item' in write || 'UpdateExpression' in write)
    .map((write) => keyText((write.Item ?? write.Key) as Fields));
};

export const injectFaults = (client: DynamoDBDocumentClient): Faults => {
  const pending: Fault[] = [];
  const tries: CommandName[] = [];
  let unseen: Set<string> | undefined;
  const strike = (command: CommandName, when: Fault['when']): void => {
    const fault = pending.find((one) => one.command === command && one.when === when && one.times > 0);
    if (!fault) return;
    fault.times -= 1;
    throw fault.error();
  };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = context.commandName as CommandName;
      const input = args.input as Fields;
      tries.push(command);
      strike(command, 'before');
      const answer = await next(args);
      for (const key of unseen ? keysWritten(input) : []) unseen?.add(key);
      strike(command, 'after');
      const output = answer.output as { Items?: Fields[] };
      if (unseen && 'IndexName' in input)
        output.Items = output.Items?.filter((item) => !unseen?.has(keyText(item)));
      return answer;
    },
    { step: 'finalizeRequest', priority: 'low', name: 'faults' },
  );
  return {
    fail: (fault) => void pending.push({ ...fault }),
    freezeIndexes: () => {
      unseen = new Set();
    },
    catchUp: () => {
      unseen = undefined;
    },
    tries,
  };
};
