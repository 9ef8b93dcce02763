import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Refused } from '../../shared/domain/refused.ts';
import { type Running, runningEngines, startedAt } from './engine-process.ts';
import { writeKept } from './folder.ts';

const READY_WITHIN = 10_000;
const STOPS_WITHIN = 10_000;
const ADOPTS_WITHIN = 2_000;
const TRIES = 3;
/** The engine wants a signature, and takes any. */
export const UNCHECKED_SIGNATURE = {
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

export interface Engine {
  endpoint: string;
  pid: number;
  /** Ends the engine and waits until it has let go of the file. */
  stop(): Promise<void>;
}

/**
 * The embedded DynamoDB engine on `folder`/firebreak.db, on a free port of 127.0.0.1. It outlives a killed parent:
 * then the next start adopts it, or ends it when it does not answer; there are never two on one file. What it has
 * answered survives the kill of both, because SQLite's log is written before the answer.
 * `engine.json` names its pid, its port and when it started. Its stream stays off: each write would then read every
 * stream record ever kept.
 */
export const startEngine = async (folder: string): Promise<Engine> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = realpathSync(folder);
  const file = join(path, 'firebreak.db');
  const engine = (await adopt(file)) ?? (await launch(file, join(path, 'engine.log')));
  writeKept(join(path, 'engine.json'), { ...engine, startedAt: startedAt(engine.pid) });
  const endpoint = `http://127.0.0.1:${engine.port}`;
  return { endpoint, pid: engine.pid, stop: () => end(engine) };
};

/** A living engine of an earlier, killed parent; it is ended when it does not answer, or is not alone. */
const adopt = async (file: string): Promise<Running | undefined> => {
  const [first, ...others] = runningEngines(file);
  if (!first) return undefined;
  if (others.length === 0 && (await answers(first, ADOPTS_WITHIN))) return first;
  await Promise.all([first, ...others].map((engine) => end(engine, ['SIGKILL'])));
  return undefined;
};

const launch = async (file: string, log: string): Promise<Running> => {
  const binary = locate();
  // SQLite gives its log and its shared memory the mode of the database: it is made before the engine opens it.
  writeFileSync(file, '', { mode: 0o600, flag: 'a' });
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const port = await freePort();
    const output = openSync(log, 'a', 0o600);
    // Detached: Ctrl-C reaches the parent alone, which finishes what is under way before it stops the engine.
    const child = spawn(binary, ['serve', '--host', '127.0.0.1', '-p', String(port), '--db-path', file], {
      detached: true,
      env: {},
      stdio: ['ignore', output, output],
    });
    child.unref();
    const pid = await spawned(child).finally(() => closeSync(output));
    if (await answers({ pid, port }, READY_WITHIN)) return { pid, port };
    await end({ pid, port });
  }
  throw new Error(`The database engine does not start; ${log} says why.`);
};

const locate = (): string => {
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    return join(manifest, '..', 'dynoxide');
  } catch {
    throw new Refused(
      'invalid',
      `The embedded database runs on Linux x64 only, and this is ${process.platform} ${process.arch} (or it was installed without optional dependencies): run a DynamoDB, such as DynamoDB Local, and set DYNAMODB_ENDPOINT to its URL.`,
    );
  }
};

const spawned = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? 0));
  });

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Whether the engine answers a real request within the milliseconds; gives up as soon as it has ended. */
const answers = async (engine: Running, within: number): Promise<boolean> => {
  const until = Date.now() + within;
  while (Date.now() < until && startedAt(engine.pid) !== undefined) {
    if (await listsTables(engine.port, within)) return true;
    await wait(20);
  }
  return false;
};

const listsTables = async (port: number, within: number): Promise<boolean> => {
  try {
    const reply = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        ...UNCHECKED_SIGNATURE,
      },
      body: '{}',
      signal: AbortSignal.timeout(within),
    });
    return reply.ok && Array.isArray(((await reply.json()) as { TableNames?: unknown }).TableNames);
  } catch {
    return false;
  }
};

/** Asks the engine to end, insists when it does not, and waits until it is gone. */
const end = async (engine: Running, signals = ['SIGTERM', 'SIGKILL'] as NodeJS.Signals[]): Promise<void> => {
  const started = startedAt(engine.pid);
  const gone = (): boolean => started === undefined || startedAt(engine.pid) !== started;
  for (const signal of signals) {
    if (!gone()) process.kill(engine.pid, signal);
    const until = Date.now() + STOPS_WITHIN;
    while (!gone() && Date.now() < until) await wait(10);
  }
};
