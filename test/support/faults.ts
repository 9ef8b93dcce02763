import type { List, Ref } from '../../shared/domain/records.ts';
import { keyOf } from '../../shared/store/keys.ts';
import { placeOf } from '../../shared/store/list-keys.ts';
import { unavailable } from '../../shared/store/unavailable.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';

export type Operation = keyof Store;

/**
 * What a call may meet on any store: it never reaches the table, its answer is lost on the way back, or another write
 * of the same item is under way.
 */
export type Fault = 'throttled' | 'answer-lost' | 'conflict';

/** The fault of the next call, if it has one. `nth` counts the calls from 1. */
type Strike = (operation: Operation, nth: number) => Fault | undefined;
type Call = (...args: never[]) => Promise<unknown>;

const failure = () => unavailable(new Error('a fault of this test'));

const meet = async (fault: Fault | undefined, operation: Operation, call: () => Promise<unknown>) => {
  if (fault === 'throttled') throw failure();
  if (fault === 'conflict' && operation === 'commit') return 'lost';
  const answer = await call();
  if (fault === 'answer-lost') throw failure();
  return answer;
};

/** A store whose calls have the faults that `strike` says. */
export const faulty = (store: Store, strike: Strike): { store: Store; calls(): Operation[] } => {
  const calls: Operation[] = [];
  const wrapped = Object.entries(store).map(([name, call]: [string, Call]) => [
    name,
    (...args: never[]) => {
      calls.push(name as Operation);
      return meet(strike(name as Operation, calls.length), name as Operation, () => call(...args));
    },
  ]);
  return { store: Object.fromEntries(wrapped) as Store, calls: () => calls };
};

/** Faults that a test orders as it goes. */
export interface Faults {
  /** The next calls of an operation have it. */
  fail(operation: Operation, fault: Fault, times?: number): void;
  calls(): Operation[];
}

export const withFaults = (store: Store): { store: Store; faults: Faults } => {
  const ordered: [Operation, Fault][] = [];
  const strike: Strike = (operation) => {
    const at = ordered.findIndex(([name]) => name === operation);
    return at < 0 ? undefined : ordered.splice(at, 1)[0]?.[1];
  };
  const { store: struck, calls } = faulty(store, strike);
  const fail: Faults['fail'] = (operation, fault, times = 1) =>
    void ordered.push(...Array.from({ length: times }, (): [Operation, Fault] => [operation, fault]));
  return { store: struck, faults: { fail, calls } };
};

/** A store whose indexes can be made to lag: what is put while they are frozen is on no index until they catch up. */
export const withLag = (store: Store): { store: Store; freeze(): void; catchUp(): void } => {
  let unseen: Set<string> | undefined;
  const nameOf = (ref: unknown): string => Object.values(keyOf(ref as Ref)).join('\t');
  const isSeen = (ref: unknown): boolean => !unseen?.has(nameOf(ref));
  const lagging: Store = {
    ...store,
    commit: async (writes) => {
      const outcome = await store.commit(writes);
      if (outcome === 'committed')
        for (const write of writes) if ('put' in write) unseen?.add(nameOf(write.put));
      return outcome;
    },
    due: async (rank, request) => (await store.due(rank, request)).filter(({ ref }) => isSeen(ref)),
    list: async (list, page) => {
      const answer = await store.list(list, page);
      return placeOf(list as List).index ? { ...answer, items: answer.items.filter(isSeen) } : answer;
    },
  };
  return {
    store: lagging,
    freeze: () => {
      unseen = new Set();
    },
    catchUp: () => {
      unseen = undefined;
    },
  };
};
