import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const START = join(import.meta.dirname, '..', '..', 'infra', 'local', 'start.ts');
const READY = /^Firebreak is ready on (\S+)$/m;
const READY_WITHIN = 30_000;
const STOPS_WITHIN = 15_000;
const MOST_OUTPUT = 20_000;

export const ADMIN_KEY = 'an-administrator-key-for-tests';

/** Firebreak as a user starts it: a process of its own that is reached over HTTP alone. */
export interface FirebreakProcess {
  pid: number;
  /** The address, once it says that it is ready. Rejects with its last words when it ends before that. */
  ready: Promise<string>;
  /** Resolves when the process is gone, however it went. */
  gone: Promise<void>;
  /** SIGKILL, which leaves the engine alive; resolves when the process is gone. */
  kill(): Promise<void>;
  /** As Ctrl-C does: what is under way is finished. Resolves when the process and its engine are gone. */
  stop(): Promise<void>;
}

/** Starts Firebreak on a data folder and a free port. Whoever starts it stops it; a stop ends the engine as well. */
export const startFirebreak = (
  folder: string,
  environment: Record<string, string> = {},
): FirebreakProcess => {
  const child = spawn(process.execPath, [START], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: '0',
      FIREBREAK_DATA: folder,
      FIREBREAK_ADMIN_KEY: ADMIN_KEY,
      FIREBREAK_DEMO: 'off',
      ...environment,
    },
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const ready = readiness(child);
  // It may be killed before it is ready, and nobody waits for it then.
  ready.catch(() => {});
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  return { pid: child.pid ?? 0, ready, gone, kill, stop: () => stop(child, gone, folder) };
};

const readiness = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string): void => reject(new Error(`Firebreak ${why}. It said:\n${said}`));
    const patience = setTimeout(fail, READY_WITHIN, `was not ready within ${READY_WITHIN} ms`);
    const receive = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-MOST_OUTPUT);
      const url = READY.exec(said)?.[1];
      if (!url) return;
      clearTimeout(patience);
      resolve(url.replace('localhost', '127.0.0.1'));
    };
    child.stdout?.on('data', receive);
    child.stderr?.on('data', receive);
    child.once('error', (error) => fail(`did not start: ${error.message}`));
    child.once('exit', (code, signal) => {
      clearTimeout(patience);
      fail(`ended (${signal ?? code}) before it was ready`);
    });
  });

const stop = async (child: ChildProcess, gone: Promise<void>, folder: string): Promise<void> => {
  const insist = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN);
  child.kill('SIGTERM');
  await gone;
  clearTimeout(insist);
  killEngine(folder);
};

/** SIGKILL to the database engine of a data folder; false when it has none that lives. */
export const killEngine = (folder: string): boolean => {
  try {
    const { pid } = JSON.parse(readFileSync(join(folder, 'engine.json'), 'utf8')) as { pid: number };
    // The pid may belong to another program by now.
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(join(folder, 'firebreak.db'))) return false;
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
};
