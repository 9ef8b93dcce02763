import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { writeKept } from '../../../infra/local/folder.ts';
import { Refused } from '../../../shared/domain/refused.ts';
import { answers, end, isAlive, type Running, runningEngines, startedAt } from './engine-process.ts';

const READY_WITHIN = 10_000;
const ADOPTS_WITHIN = 2000;
const LOOKED_AT_EVERY = 250;
/** Another program may take the port between finding it free and listening on it. */
const TRIES = 3;

export interface Engine {
  endpoint: string;
  /** Of the process that serves it now. */
  pid(): number;
  /** Ends the engine and waits until it has let go of the file. */
  stop(): Promise<void>;
}

interface Files {
  binary: string;
  database: string;
  log: string;
  note: string;
}

/**
 * The embedded DynamoDB engine on `folder`/firebreak.db, on a free port of 127.0.0.1. It outlives a killed parent:
 * then the next start adopts it, or ends it when it does not answer; there are never two on one file. When it dies it
 * is started again on its port. What it has answered survives the kill of both: SQLite's log is on the disk before
 * the answer is on its way. Its stream stays off: each write would then read every stream record ever kept.
 * `engine.json` names its pid, its port and when it started.
 * @throws Refused on a platform that it does not run on.
 */
export const startEngine = async (folder: string): Promise<Engine> => {
  const binary = locate();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = realpathSync(folder);
  const files = {
    binary,
    database: join(path, 'firebreak.db'),
    log: join(path, 'engine.log'),
    note: join(path, 'engine.json'),
  };
  const first = (await adopt(files)) ?? (await launch(files));
  return lookAfter(first, files);
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

/** A living engine of an earlier, killed parent; it is ended when it does not answer, or is not alone. */
const adopt = async ({ database, note }: Files): Promise<Running | undefined> => {
  const [first, ...others] = runningEngines(database);
  if (!first) return undefined;
  if (others.length === 0 && (await answers(first, ADOPTS_WITHIN))) {
    writeKept(note, first);
    return first;
  }
  await Promise.all([first, ...others].map((engine) => end(engine, ['SIGKILL'])));
  return undefined;
};

const launch = async (files: Files): Promise<Running> => {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const launched = await launchOn(await freePort(), files);
    if (launched) return launched;
  }
  throw new Error(`The database engine does not start; ${files.log} says why.`);
};

const launchOn = async (
  port: number,
  { binary, database, log, note }: Files,
): Promise<Running | undefined> => {
  // SQLite gives its log and its shared memory the mode of the database: it is made before the engine opens it.
  writeFileSync(database, '', { mode: 0o600, flag: 'a' });
  const output = openSync(log, 'a', 0o600);
  // Detached: Ctrl-C reaches the parent alone, which finishes what is under way before it stops the engine.
  const child = spawn(binary, ['serve', '--host', '127.0.0.1', '-p', String(port), '--db-path', database], {
    detached: true,
    env: {},
    stdio: ['ignore', output, output],
  });
  child.unref();
  const pid = await spawned(child).finally(() => closeSync(output));
  const engine = { pid, port, startedAt: startedAt(pid) ?? '' };
  writeKept(note, engine);
  if (await answers(engine, READY_WITHIN)) return engine;
  await end(engine);
  return undefined;
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

/** Starts an engine that died again on its port, so that whoever uses it need not know. */
const lookAfter = (first: Running, files: Files): Engine => {
  let engine = first;
  let reviving: Promise<void> | undefined;
  const revive = async (): Promise<void> => {
    engine = (await launchOn(engine.port, files).catch(() => undefined)) ?? engine;
    reviving = undefined;
  };
  const look = setInterval(() => {
    if (!isAlive(engine)) reviving ??= revive();
  }, LOOKED_AT_EVERY).unref();
  return {
    endpoint: `http://127.0.0.1:${first.port}`,
    pid: () => engine.pid,
    stop: async () => {
      clearInterval(look);
      await reviving;
      await end(engine);
    },
  };
};
