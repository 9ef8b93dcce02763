import type { Step } from '../../shared/domain/corrective/incidents/escalation-policy.ts';
import type { ContactMethod, Person } from '../../shared/domain/directory/person.ts';
import type { Write } from '../../shared/workflow/engine/store-port.ts';
import type { Desk } from './desk.ts';

const text = (place: number): ContactMethod[] => [
  { id: 'sms', channel: 'sms', address: `+1555010010${place}`, verified: true },
];

/** Everybody can be reached by text alone, so that a page is one message. */
export const byTextAlone = { ada: text(0), bo: text(1), cy: text(2), dee: text(3) };

/** One step that reaches Ada and then waits a week: nothing else happens meanwhile. */
export const onlyAda = ({ ada }: Record<'ada', Person>): Step[] => [
  { delay: 'P7D', targets: [{ type: 'person', id: ada.id }] },
];

/** Lets something happen between a decision and its commit, the next time that one of these is written. */
export const beforeCommitOf = (desk: Desk, kind: string, act: () => Promise<unknown>): void => {
  const { store } = desk.ports;
  let waiting = true;
  const isMeant = (write: Write): boolean => 'put' in write && write.put.kind === kind;
  desk.ports.store = {
    ...store,
    commit: async (writes) => {
      const now = waiting && writes.some(isMeant);
      if (now) waiting = false;
      if (now) await act();
      return store.commit(writes);
    },
  };
};
