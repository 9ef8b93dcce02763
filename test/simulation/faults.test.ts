import { expect, test } from 'vitest';
import { Refused } from '../../shared/domain/refused.ts';
import { after } from '../../shared/domain/time.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { START } from '../support/cast.ts';
import { expectKept, expectPromises } from './promises.ts';
import { beginningFor, WORKFLOWS, workflow } from './workflows.ts';
import { sweepLater, type World, worldOn } from './world.ts';

const unavailable = (): Refused => new Refused('unavailable', 'The store cannot be reached right now.');

type Call = (...args: never[]) => Promise<unknown>;
type Fault = (call: () => Promise<unknown>, name: string) => Promise<unknown>;

const FAULTS: Record<string, Fault> = {
  'is throttled': async () => {
    throw unavailable();
  },
  'loses its answer after the commit': async (call) => {
    await call();
    throw unavailable();
  },
  'loses a conflict': async (call, name) => (name === 'commit' ? 'lost' : call()),
};

/** A store whose n-th call has a fault, and how many calls there were. */
const faulty = (store: Store, { nth, fault }: { nth: number; fault: Fault }) => {
  let calls = 0;
  const wrapped = Object.entries(store).map(([name, call]: [string, Call]) => [
    name,
    async (...args: never[]) => {
      calls += 1;
      return calls === nth ? fault(() => call(...args), name) : call(...args);
    },
  ]);
  return { store: Object.fromEntries(wrapped) as Store, calls: () => calls };
};

/** Runs the workflow with one fault; whoever was refused tries once more, as monitors, people and streams do. */
const runWithFault = async (
  world: World,
  name: string,
  given: { nth: number; fault: Fault },
): Promise<void> => {
  const ports: Ports = world.process();
  try {
    await workflow(name)({ ...ports, store: faulty(ports.store, given).store }, world);
  } catch (error) {
    expect(error).toMatchObject({ code: 'unavailable' });
    expectPromises(world, 1, `${name}, call ${given.nth}`);
    await workflow(name)(world.process(), world);
  }
};

const callsOf = async (world: World, name: string): Promise<number> => {
  const ports = world.process();
  const { store, calls } = faulty(ports.store, { nth: 0, fault: async (call) => call() });
  await workflow(name)({ ...ports, store }, world);
  return calls();
};

const cases = Object.keys(WORKFLOWS).flatMap((name) =>
  Object.keys(FAULTS).map((fault) => [name, fault] as const),
);

test.each(cases)('%s, and any one call of the store %s: every promise is kept', async (name, fault) => {
  const table = await beginningFor([name]);
  const begin = (): World => worldOn(table, after(START, 'PT5M'));
  const calls = await callsOf(begin(), name);
  expect(calls).toBeGreaterThan(1);
  for (let nth = 1; nth <= calls; nth += 1) {
    const world = begin();
    await runWithFault(world, name, { nth, fault: FAULTS[fault] as Fault });
    await sweepLater(world);
    expectKept(world, 1, `${name}, call ${nth}`);
  }
});
