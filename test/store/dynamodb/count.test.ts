import { expect, test } from 'vitest';
import { instant } from '../../../shared/domain/time.ts';
import { dynamodbTables } from '../../support/dynamodb/tables.ts';
import { NOW, SAMPLES } from '../samples.ts';
import { conflict, injectFaults, timedOut } from './sdk-faults.ts';

const engine = dynamodbTables();
const { alert } = SAMPLES;
const later = (milliseconds: number) => instant(Date.parse(NOW) + milliseconds);

test('a lost answer leaves a gap and no number twice', async () => {
  const { store, client } = await engine.makeTable();
  injectFaults(client).fail({ command: 'UpdateItemCommand', when: 'after', times: 1, error: timedOut });
  expect([await store.nextNumber('numbers'), await store.nextNumber('numbers')]).toEqual([2, 3]);
});

test('a repeat that meets a decision on the same alert is dropped', async () => {
  const { store, client } = await engine.makeTable();
  await store.commit([{ put: alert }]);
  injectFaults(client).fail({ command: 'UpdateItemCommand', when: 'before', times: 1, error: conflict });
  await store.countRepeat(alert.id, later(5000));
  expect(await store.get(alert)).toEqual(alert);
});
