import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { openStreamEmulator } from '../../infra/local/stream-emulator.ts';
import type { RecordOf, StoredRecord } from '../../shared/domain/records.ts';

const timer = (id: string): RecordOf<'timer'> => ({
  kind: 'timer',
  id,
  clientId: 'cli_1',
  dueAt: '2026-03-02T12:00:00.000Z',
  command: { type: 'escalate', incidentId: 'inc_1', generation: 1, loop: 0, step: 0 },
});

const effect = (attempts: number): RecordOf<'effect'> => ({
  kind: 'effect',
  subjectId: 'inc_1',
  id: `eff_${attempts}`,
  clientId: 'cli_1',
  dueAt: '2026-03-02T12:00:00.000Z',
  attempts,
  perform: { type: 'text', phone: '+15550100101', text: 'Thank you.' },
});

const page = (state: 'promised' | 'handed-over' | 'failed', attempts: number) =>
  ({
    kind: 'page',
    incidentId: 'inc_1',
    promise: `${state}-${attempts}`,
    state,
    attempts,
  }) as RecordOf<'page'>;

/** A function that takes its time: each invocation waits until the test lets it go. */
const slowFunction = () => {
  const events: DynamoDBStreamEvent[] = [];
  const releases: (() => void)[] = [];
  return {
    events,
    release: () => releases.splice(0).forEach((release) => void release()),
    deliver: (event: DynamoDBStreamEvent) => {
      events.push(event);
      return new Promise<void>((resolve) => void releases.push(resolve));
    },
  };
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the handover after a commit', () => {
  test('passes fresh promises on as the stream would, and nothing else', async () => {
    const events: DynamoDBStreamEvent[] = [];
    const streamEmulator = openStreamEmulator(async (event) => void events.push(event));
    const client = { kind: 'client', id: 'cli_1', name: 'Harbour' } as StoredRecord;
    streamEmulator.take([
      client,
      timer('tmr_1'),
      page('promised', 0),
      page('handed-over', 1),
      effect(0),
      effect(1),
    ]);
    streamEmulator.take([client, page('failed', 1)]);
    await streamEmulator.settled();
    expect(events).toHaveLength(1);
    const records = events[0]?.Records ?? [];
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'INSERT', 'INSERT']);
    const images = records.map(({ dynamodb }) => unmarshall((dynamodb?.NewImage ?? {}) as never));
    expect(images).toEqual([timer('tmr_1'), page('promised', 0), effect(0)]);
  });

  test('hands over at once, and what comes meanwhile together', async () => {
    const slow = slowFunction();
    const streamEmulator = openStreamEmulator(slow.deliver);
    for (let commit = 0; commit < 300; commit += 1) {
      streamEmulator.take([timer(`tmr_${commit}`)]);
      await turn();
    }
    const underWay = slow.events.length;
    while (slow.events.reduce((sum, { Records }) => sum + Records.length, 0) < 300) {
      slow.release();
      await turn();
    }
    slow.release();
    await streamEmulator.settled();
    expect(slow.events[0]?.Records).toHaveLength(1);
    expect(underWay).toBeLessThan(10);
    expect(slow.events.every(({ Records }) => Records.length <= 25)).toBe(true);
  });

  test('goes on after a failure', async () => {
    const seen: string[] = [];
    const streamEmulator = openStreamEmulator(async ({ Records }) => {
      seen.push(Records[0]?.dynamodb?.NewImage?.id?.S ?? '');
      if (seen.length === 1) throw new Error('the store is down');
    });
    streamEmulator.take([timer('tmr_1')]);
    await streamEmulator.settled();
    streamEmulator.take([timer('tmr_2')]);
    await streamEmulator.settled();
    expect(seen).toEqual(['tmr_1', 'tmr_2']);
  });

  test('is settled only when what is under way has ended', async () => {
    const slow = slowFunction();
    const streamEmulator = openStreamEmulator(slow.deliver);
    streamEmulator.take([timer('tmr_1')]);
    let isSettled = false;
    const settled = streamEmulator.settled().then(() => {
      isSettled = true;
    });
    await turn();
    await turn();
    expect(isSettled).toBe(false);
    slow.release();
    await settled;
    expect(isSettled).toBe(true);
  });
});
