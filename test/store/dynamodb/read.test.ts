import { expect, test } from 'vitest';
import { Refused } from '../../../shared/domain/refused.ts';
import { connection } from '../../../shared/store/dynamodb/connection.ts';
import { createStore } from '../../../shared/store/dynamodb/store.ts';
import { dynamodbTables } from '../../support/dynamodb/tables.ts';
import { numbered, SAMPLES } from '../samples.ts';

const engine = dynamodbTables();
const person = (number: number) => ({ ...SAMPLES.person, id: numbered('per', number) });

test('keys that a busy table left out are asked for again', async () => {
  const { client, table, store } = await engine.makeTable();
  await store.commit([{ put: person(1) }, { put: person(2) }]);
  let asked = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (context.commandName !== 'BatchGetItemCommand') return answer;
      asked += 1;
      const output = answer.output as {
        Responses: Record<string, unknown[]>;
        UnprocessedKeys: Record<string, unknown>;
      };
      const withheld = output.Responses[table]?.splice(1) as { pk: unknown; sk: unknown }[];
      if (withheld.length > 0)
        output.UnprocessedKeys = { [table]: { Keys: withheld.map(({ pk, sk }) => ({ pk, sk })) } };
      return answer;
    },
    { step: 'deserialize', priority: 'high' },
  );
  expect(await store.getMany([person(1), person(2)])).toEqual([person(1), person(2)]);
  expect(asked).toBe(2);
});

test('a table that leaves keys out of every answer is unavailable, not short of records', async () => {
  const { client, table, store } = await engine.makeTable();
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      const output = answer.output as { Responses: object; UnprocessedKeys: object };
      if (context.commandName === 'BatchGetItemCommand') {
        output.Responses = {};
        output.UnprocessedKeys = { [table]: { Keys: [{ pk: 'per_1', sk: 'person' }] } };
      }
      return answer;
    },
    { step: 'deserialize', priority: 'high' },
  );
  await expect(store.getMany([SAMPLES.person])).rejects.toMatchObject({ code: 'unavailable' });
});

test('what each request cost is told to the meter, reads and writes apart', async () => {
  const costs: [string, { read: number; write: number }][] = [];
  const { client, table } = await engine.makeTable();
  const store = createStore({ client, table, meter: (...cost) => void costs.push(cost) });
  await store.commit([{ put: SAMPLES.use, guard: 'new' }]);
  await store.get(SAMPLES.use);
  expect(costs).toEqual([
    ['commit', { read: 0, write: 2 }],
    ['get', { read: 1, write: 0 }],
  ]);
});

test('nothing is asked of the table about costs when nobody meters', () => {
  const client = () => Promise.reject(new Refused('unavailable', 'never asked'));
  expect(connection({ client, table: 'any' }).cost).toEqual({});
});
