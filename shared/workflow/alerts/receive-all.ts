import { digest, type Invocation } from '../../domain/id.ts';
import type { AlertEvent, ChangeEvent } from '../../domain/proactive/alerts/alert-event.ts';
import { Refused } from '../../domain/refused.ts';
import type { Ports } from '../engine/ports.ts';
import type { IntegrationCredential } from './arrival.ts';
import { receiveAlert, receiveChange } from './receive-alert.ts';

/** Enough to be quick with a payload of a thousand alerts, few enough not to crowd out other senders. */
const AT_ONCE = 8;

/** All that one payload says, and whose it is. */
export interface Payload {
  integration: IntegrationCredential;
  alerts: AlertEvent[];
  changes: ChangeEvent[];
  invocation: Invocation;
}

/** What became of one event; a change has no dedup key. */
export interface Received {
  reason: string;
  dedupKey?: string;
  incidentId?: string;
}

/**
 * Takes every event of a payload, eight at once. One that fails does not stop the others.
 * @throws what failed, once all were tried: our own fault before a refusal. The payload may come again whole.
 */
export const receiveAll = async (ports: Ports, payload: Payload): Promise<Received[]> => {
  const { integration, invocation } = payload;
  const inTurn = turns();
  const works = [
    ...payload.alerts.map(
      (event, place) => () =>
        inTurn(event.dedupKey, () =>
          receiveAlert(ports, integration, event, part(invocation, `alert/${place}`)),
        ),
    ),
    ...payload.changes.map(
      (event, place) => () => receiveChange(ports, integration, event, part(invocation, `change/${place}`)),
    ),
  ];
  const settled = await settleAll<Received>(works);
  const failures = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw failures.find((failure) => !(failure instanceof Refused)) ?? failures[0];
  return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
};

/** Several events of one invocation each make their own things. */
const part = (invocation: Invocation, place: string): Invocation => ({
  now: invocation.now,
  id: invocation.id.slice(0, 10) + digest(`${invocation.id}/${place}`),
});

/** Works of one key run in the order in which they came, those of different keys side by side. */
const turns = () => {
  const latest = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const turn = Promise.allSettled([latest.get(key)]).then(work);
    latest.set(key, turn);
    return turn;
  };
};

const settleAll = async <T>(works: (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> => {
  const results: PromiseSettledResult<T>[] = [];
  const queue = works.entries();
  const worker = async (): Promise<void> => {
    for (const [place, work] of queue)
      [results[place]] = (await Promise.allSettled([work()])) as [PromiseSettledResult<T>];
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
};
