import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Recorded } from './recorder.ts';

type Attribute = Record<string, unknown>;

const fieldsOf = (value: Attribute): Attribute =>
  Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));

const TYPED: Record<string, (inner: unknown) => unknown> = {
  S: (inner) => inner,
  BOOL: (inner) => inner,
  N: Number,
  NULL: () => null,
  L: (inner) => (inner as unknown[]).map(plain),
  M: (inner) => fieldsOf(inner as Attribute),
};

/** DynamoDB's typed JSON as the document client takes it. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const [first, ...others] = Object.entries(value);
  const typed = first && others.length === 0 ? TYPED[first[0]] : undefined;
  return typed && first ? typed(first[1]) : fieldsOf(value as Attribute);
};

const COMMANDS = {
  TransactWriteItems: TransactWriteCommand,
  UpdateItem: UpdateCommand,
  PutItem: PutCommand,
  DeleteItem: DeleteCommand,
  GetItem: GetCommand,
} as const;

const WRITES = ['TransactWriteItems', 'UpdateItem', 'PutItem', 'DeleteItem'];
export const writesOf = (recorded: Recorded[]): Recorded[] =>
  recorded.filter(({ operation }) => WRITES.includes(operation));
export const readsOf = (recorded: Recorded[]): Recorded[] =>
  recorded.filter(({ operation }) => operation === 'GetItem');

/** What changes from one incident to the next: ids, hashes, and the code of a text. */
const CHANGING = /[0-9A-HJKMNP-TV-Z]{16,26}|[0-9a-f]{64}/g;
const CODE = /code#\d+/g;

const numbered = (text: string, turn: number): string => {
  const digits = String(turn).padStart(6, '0');
  return text.slice(0, -6) + digits;
};

/**
 * Sends the recorded requests again as if for another incident: whatever was made by the recorded one (`own`) gets a
 * name of its own. Timestamps stay, so the items have the very same size.
 */
export const replay = (client: DynamoDBDocumentClient, recorded: Recorded[], own: Set<string>) => {
  const templates = recorded.map(({ operation, input }) => {
    const { ClientRequestToken: _, ...rest } = plain(input) as Attribute;
    return { operation: operation as keyof typeof COMMANDS, text: JSON.stringify(rest) };
  });
  return async (turn: number): Promise<void> => {
    for (const { operation, text } of templates) {
      const own_ = text
        .replace(CHANGING, (token) => (own.has(token) ? numbered(token, turn) : token))
        .replace(CODE, `code#${turn + 1000}`);
      await client.send(new COMMANDS[operation](JSON.parse(own_)) as never);
    }
  };
};

/** The ids and hashes that only the first of two recordings holds. */
export const ownTokens = (first: Recorded[], second: Recorded[]): Set<string> => {
  const others = new Set(JSON.stringify(second).match(CHANGING) ?? []);
  return new Set((JSON.stringify(first).match(CHANGING) ?? []).filter((token) => !others.has(token)));
};

/** Runs `times` turns by so many callers at once; turns a second. */
export const rate = async (
  times: number,
  callers: number,
  turn: (at: number) => Promise<void>,
): Promise<number> => {
  let next = 0;
  const began = performance.now();
  const caller = async (): Promise<void> => {
    while (next < times) {
      next += 1;
      await turn(next - 1);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return times / ((performance.now() - began) / 1000);
};
