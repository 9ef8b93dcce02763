import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { APIGatewayProxyEventV2, DynamoDBStreamEvent, SNSEvent } from 'aws-lambda';
import type { HttpReply } from '../../shared/edge/http-event.ts';
import type { InvocationContext } from '../../shared/edge/lambda.ts';
import type { FunctionName } from '../functions.ts';
import { routeKeys } from '../resources.ts';
import { functionFor } from './routing.ts';

const FOLDER = fileURLToPath(new URL('../../functions/', import.meta.url));
/** Nobody cuts an invocation short here; longer than any function looks ahead. Milliseconds. */
const TIME_LEFT = 60_000;

/** What this machine wakes the functions with. */
export interface Functions {
  answer(event: APIGatewayProxyEventV2): Promise<HttpReply>;
  deliverOutbox(event: DynamoDBStreamEvent): Promise<unknown>;
  fireTimer(event: { timerId: string }): Promise<unknown>;
  sweep(): Promise<unknown>;
  runSchedule(event: { job: string }): Promise<unknown>;
  hearText(event: SNSEvent): Promise<unknown>;
}

type Handler = (event: unknown, context: InvocationContext) => Promise<unknown>;
type Invoke = (event: unknown) => Promise<unknown>;

/** Loads the functions: the very files that are deployed. */
export const loadFunctions = async (): Promise<Functions> => {
  const behindHttp = [...new Set(routeKeys().map(({ name }) => name))];
  const answering = new Map(
    await Promise.all(behindHttp.map(async (name) => [name, await load(name)] as const)),
  );
  const [deliverOutbox, fireTimer, sweep, runSchedule, hearText] = await Promise.all([
    load('deliver-outbox'),
    load('fire-timer'),
    load('sweep'),
    load('run-schedule'),
    load('answer-page'),
  ]);
  const answer = (event: APIGatewayProxyEventV2): Promise<unknown> => {
    const name = functionFor(event.requestContext.http.method, event.rawPath);
    const invoke = name && answering.get(name);
    if (!invoke) throw new Error(`No function answers ${event.rawPath}.`);
    return invoke(event);
  };
  return {
    answer: answer as Functions['answer'],
    deliverOutbox,
    fireTimer,
    sweep: () => sweep({}),
    runSchedule,
    hearText,
  };
};

const load = async (name: FunctionName): Promise<Invoke> => {
  const file = `${FOLDER}${name}.ts`;
  const { handler } = (await import(existsSync(file) ? file : `${FOLDER}${name}/index.ts`)) as {
    handler: Handler;
  };
  return (event) => handler(event, contextOf(name));
};

let invocations = 0;

const contextOf = (functionName: string): InvocationContext => {
  invocations += 1;
  return {
    functionName,
    awsRequestId: `local-${invocations}`,
    getRemainingTimeInMillis: () => TIME_LEFT,
  };
};
