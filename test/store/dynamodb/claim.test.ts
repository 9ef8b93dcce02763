import { expect, test } from 'vitest';
import { after } from '../../../shared/domain/time.ts';
import { dynamodbTables } from '../../support/dynamodb/tables.ts';
import { NOW, SAMPLES } from '../samples.ts';
import { conflict, injectFaults, timedOut } from './sdk-faults.ts';

const engine = dynamodbTables();
const { page } = SAMPLES;
const LEASE_ENDS = after(NOW, 'PT30S');

test('a claim that meets a transaction on the same page tries again at once', async () => {
  const { store, client } = await engine.makeTable();
  await store.commit([{ put: page }]);
  injectFaults(client).fail({ command: 'UpdateItemCommand', when: 'before', times: 2, error: conflict });
  expect(await store.claim(page, NOW)).toMatchObject({ state: 'claimed' });
});

test('a claim that only ever meets transactions is unavailable', async () => {
  const { store, client } = await engine.makeTable();
  await store.commit([{ put: page }]);
  injectFaults(client).fail({ command: 'UpdateItemCommand', when: 'before', times: 9, error: conflict });
  await expect(store.claim(page, NOW)).rejects.toMatchObject({ code: 'unavailable' });
});

test('a claim whose answer was lost is nobody’s until its lease is over, and then it can be taken', async () => {
  const { store, client } = await engine.makeTable();
  await store.commit([{ put: page }]);
  injectFaults(client).fail({ command: 'UpdateItemCommand', when: 'after', times: 1, error: timedOut });
  expect(await store.claim(page, NOW)).toBeUndefined();
  expect(await store.claim(page, LEASE_ENDS)).toMatchObject({ attempts: 2 });
});
