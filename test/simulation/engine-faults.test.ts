import { expect, test } from 'vitest';
import {
  cancelled,
  conflict,
  connectionReset,
  type Faults,
  injectFaults,
  serverError,
  throttled,
  timedOut,
} from '../store/dynamodb/sdk-faults.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { dynamodbTables } from '../support/dynamodb/tables.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const engine = dynamodbTables();
let faults: Faults | undefined;
const open = deskOn({
  ...engine,
  makeTable: async (options) => {
    const table = await engine.makeTable(options);
    faults = injectFaults(table.client);
    return table;
  },
});

type Fault = Parameters<Faults['fail']>[0];
const FAULTS: Record<string, Fault> = {
  'a transaction meets another': {
    ...{
      command: 'TransactWriteItemsCommand',
      when: 'before',
      times: 2,
      error: cancelled('None', 'TransactionConflict'),
    },
  },
  'the answer to a transaction is lost': {
    ...{ command: 'TransactWriteItemsCommand', when: 'after', times: 1, error: connectionReset },
  },
  'transactions are throttled': {
    ...{ command: 'TransactWriteItemsCommand', when: 'before', times: 1, error: throttled },
  },
  'a claim meets a transaction': { command: 'UpdateItemCommand', when: 'before', times: 1, error: conflict },
  'the answer to a claim is lost': {
    command: 'UpdateItemCommand',
    when: 'after',
    times: 1,
    error: connectionReset,
  },
  'reads are throttled': { command: 'GetItemCommand', when: 'before', times: 1, error: throttled },
  'lists fail': { command: 'QueryCommand', when: 'before', times: 1, error: serverError },
  'the directory does not answer in time': {
    command: 'BatchGetItemCommand',
    when: 'before',
    times: 1,
    error: timedOut,
  },
};
const STEPS = ['the alert', 'the next step', 'the answer'];
/** The first update of an alert draws a number, which is in no transaction and meets none. */
const isPossible = ([fault, step]: readonly string[]): boolean =>
  fault !== 'a claim meets a transaction' || step !== 'the alert';
const cases = Object.keys(FAULTS)
  .flatMap((fault) => STEPS.map((step) => [fault, step] as const))
  .filter(isPossible);

/** A page whose claim was not heard of waits for the end of its lease. */
const LEASE = 'PT31S';

const notify = async (desk: Desk, before: (step: string) => void): Promise<void> => {
  before('the alert');
  expect((await desk.alert('checkout')).reason).toBe('first');
  await desk.pass(LEASE);
  expectPagedByBoth(desk, 'ada');
  await desk.pass('PT4M');
  before('the next step');
  await desk.pass('PT1M');
  await desk.pass(LEASE);
  expectPagedByBoth(desk, 'bo');
  before('the answer');
  await desk.does('bo', 'acknowledge');
  await desk.pass('PT2H');
};

test.each(cases)(
  '%s during %s: the story is the same, and no message goes out twice',
  async (fault, step) => {
    const desk = await open();
    await notify(desk, (now) => {
      const { times = 0, ...what } = FAULTS[fault] ?? {};
      if (now === step) faults?.fail({ ...(what as Fault), times });
    });
    expect(await desk.incidents()).toMatchObject([{ status: 'acknowledged', escalation: { step: 1 } }]);
  },
);
