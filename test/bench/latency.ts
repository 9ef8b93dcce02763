import { setTimeout as wait } from 'node:timers/promises';
import { setUp, startServer, trigger } from './server.ts';

const PER_SECOND = 20;
const KEYS = 4;

/**
 * From sending an alert to its first page being handed over, at 20 new incidents a second, in milliseconds. Counted
 * from before the request, so that what the alert's own answer takes is in it.
 */
export const measureLatency = async (seconds: number) => {
  const server = await startServer();
  const { keys } = await setUp(server, KEYS);
  const began = new Map<string, number>();
  const one = async (at: number): Promise<void> => {
    const dedupKey = `latency-${at}-end`;
    began.set(dedupKey, Date.now());
    const { status } = await server.call(
      'POST',
      '/v2/enqueue',
      trigger(keys[Math.abs(at) % KEYS] ?? '', dedupKey),
    );
    if (status !== 202) throw new Error(`/v2/enqueue answered ${status}`);
  };
  for (let at = 0; at < PER_SECOND; at += 1) await one(-1 - at);
  const requests: Promise<void>[] = [];
  const start = performance.now();
  for (let at = 0; at < seconds * PER_SECOND; at += 1) {
    await wait(Math.max(0, start + (at * 1000) / PER_SECOND - performance.now()));
    requests.push(one(at));
  }
  await Promise.all(requests);
  await wait(1000);
  const first = new Map<string, number>();
  for (const { text, at } of server.sent()) {
    const name = /latency-\d+-end/.exec(text)?.[0];
    if (name && !first.has(name)) first.set(name, Date.parse(at));
  }
  await server.stop();
  const taken = [...first]
    .map(([name, at]) => at - (began.get(name) ?? Number.NaN))
    .sort((one, other) => one - other);
  const share = (part: number): number | undefined =>
    taken[Math.min(taken.length - 1, Math.floor(taken.length * part))];
  const incidents = seconds * PER_SECOND;
  return {
    incidents,
    paged: taken.length,
    p50: share(0.5),
    p99: share(0.99),
    most: taken.at(-1),
    target: { p50: 50, p99: 250 },
  };
};
