import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from '../../shared/store/dynamodb/client.ts';
import { createTable } from '../../shared/store/dynamodb/create-table.ts';
import { startEngine } from '../support/dynamodb/engine.ts';
import { ownTokens, rate, readsOf, replay, writesOf } from './bare.ts';
import { openRecorder, type Recorded } from './recorder.ts';
import { type Server, setUp, startServer, trigger } from './server.ts';

const CALLERS = 8;
const KEYS = 16;
const TABLE = 'firebreak';
const PAGES_EACH = 2;

/** New incidents and repeats a second, ours and the bare engine's with the very same requests. */
export const measureThroughput = async (times: number) => {
  const recording = await record();
  const bare = await measureBare(recording, times);
  const ours = await measureOurs(times);
  return {
    newIncidents: compare(ours.incidents, bare.incidents, { requests: recording.writes.length, target: 0.6 }),
    repeats: compare(ours.repeats, bare.repeats, { requests: recording.reads.length, target: 0.6 }),
  };
};

const compare = (ours: number, bare: number, more: { requests: number; target: number }) => ({
  perSecond: Math.round(ours),
  bareEnginePerSecond: Math.round(bare),
  ratio: Math.round((ours / bare) * 100) / 100,
  target: more.target,
  bareRequestsEach: more.requests,
});

/** What one new incident writes and what one repeat reads, as the engine sees it. */
const record = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-recording-'));
  const engine = await startEngine(folder);
  const recorder = await openRecorder(engine.endpoint);
  const server = await startServer({ DYNAMODB_ENDPOINT: recorder.endpoint });
  const { keys } = await setUp(server, 1);
  const key = keys[0] ?? '';
  const during = async (dedupKey: string): Promise<Recorded[]> => {
    const from = recorder.recorded.length;
    await server.call('POST', '/v2/enqueue', trigger(key, dedupKey));
    await wait(1500);
    return recorder.recorded.slice(from).filter(({ operation }) => operation !== 'Query');
  };
  await during('warm-up');
  const first = await during('first');
  const second = await during('second');
  await during('second');
  const repeat = await during('second');
  await server.stop();
  await recorder.close();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
  return { writes: writesOf(first), reads: readsOf(repeat), own: ownTokens(first, second) };
};

type Recording = Awaited<ReturnType<typeof record>>;

const measureBare = async ({ writes, reads, own }: Recording, times: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-bare-'));
  const engine = await startEngine(folder);
  const client = await connect({
    endpoint: engine.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  const table = String((writes[0]?.input as { TableName?: string })?.TableName ?? TABLE);
  await createTable(client, table);
  const write = replay(client, writes, own);
  for (let turn = 0; turn < 50; turn += 1) await write(turn);
  const incidents = await rate(times, CALLERS, (turn) => write(turn + 100));
  const read = replay(client, reads, new Set());
  const repeats = await rate(times * 3, CALLERS, () => read(0));
  client.destroy();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
  return { incidents, repeats };
};

const measureOurs = async (times: number) => {
  const server = await startServer();
  const { keys } = await setUp(server, KEYS);
  const send = async (dedupKey: string, turn: number): Promise<void> => {
    const { status, body } = await server.call(
      'POST',
      '/v2/enqueue',
      trigger(keys[turn % KEYS] ?? '', dedupKey),
    );
    if (status !== 202) throw new Error(`/v2/enqueue answered ${status}: ${body}`);
  };
  await rate(100, CALLERS, (turn) => send(`warm-up-${turn}`, turn));
  await handedOver(server, 100 * PAGES_EACH);
  const began = performance.now();
  await rate(times, CALLERS, (turn) => send(`new-${turn}`, turn));
  await handedOver(server, (100 + times) * PAGES_EACH);
  const incidents = times / ((performance.now() - began) / 1000);
  const repeats = await rate(times * 3, CALLERS, (turn) => send(`new-${turn % 50}`, turn % 50));
  await server.stop();
  return { incidents, repeats };
};

/** Until so many messages were handed over in all. */
const handedOver = async (server: Server, wanted: number): Promise<void> => {
  for (let tries = 0; tries < 6000; tries += 1) {
    if (server.sent().length >= wanted) return;
    await wait(10);
  }
  throw new Error(`Only ${server.sent().length} of ${wanted} pages were handed over in time.`);
};
