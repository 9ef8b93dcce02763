import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { asRefusal } from './trouble.ts';

export type Operation =
  | 'get'
  | 'getMany'
  | 'list'
  | 'due'
  | 'commit'
  | 'claim'
  | 'nextNumber'
  | 'countRepeat';

/** Told what each request cost, in capacity units. */
export type Meter = (operation: Operation, consumed: { read: number; write: number }) => void;

export interface ConnectionOptions {
  client: DynamoDBDocumentClient | (() => Promise<DynamoDBDocumentClient>);
  table: string;
  meter?: Meter | undefined;
}

/** The way to one table, with what every request has in common. */
export interface Connection {
  table: string;
  /** Goes into every request: asks for its cost when somebody meters. */
  cost: { ReturnConsumedCapacity?: 'TOTAL' };
  /** Makes one request. Throws `Refused('unavailable')` on trouble that passes. */
  run<R extends Answer>(
    operation: Operation,
    request: (client: DynamoDBDocumentClient) => Promise<R>,
  ): Promise<R>;
}

interface Capacity {
  CapacityUnits?: number | undefined;
}

interface Answer {
  ConsumedCapacity?: Capacity | Capacity[] | undefined;
}

const READS: ReadonlySet<Operation> = new Set(['get', 'getMany', 'list', 'due']);

const consumed = (operation: Operation, { ConsumedCapacity = [] }: Answer) => {
  const units = [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
  return READS.has(operation) ? { read: units, write: 0 } : { read: 0, write: units };
};

export const connection = ({ client, table, meter }: ConnectionOptions): Connection => ({
  table,
  cost: meter ? { ReturnConsumedCapacity: 'TOTAL' } : {},
  run: async (operation, request) => {
    try {
      const answer = await request(typeof client === 'function' ? await client() : client);
      meter?.(operation, consumed(operation, answer));
      return answer;
    } catch (error) {
      throw asRefusal(error);
    }
  },
});
