import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** An engine's process. Two processes that were given the same pid differ in when they were started. */
export interface Running {
  pid: number;
  port: number;
  /** In ticks since the machine was started. */
  startedAt: string;
}

/** The engine wants a signature, and takes any. */
export const UNCHECKED_SIGNATURE = {
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

const STOPS_WITHIN = 10_000;

/** When a process was started; undefined when there is none, or only what is left of a dead one. */
export const startedAt = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
};

export const isAlive = (engine: Running): boolean => startedAt(engine.pid) === engine.startedAt;

/**
 * The engines that serve a file, read off the processes themselves: a note on disk could be missing (its writer was
 * killed first) or name a pid that was given to another program since.
 */
export const runningEngines = (file: string): Running[] =>
  readdirSync('/proc').flatMap((name) => {
    const words = /^\d+$/.test(name) ? commandLine(name) : [];
    const isEngine = words[0]?.endsWith('/dynoxide') && words[words.indexOf('--db-path') + 1] === file;
    const started = isEngine ? startedAt(Number(name)) : undefined;
    if (started === undefined) return [];
    return [{ pid: Number(name), port: Number(words[words.indexOf('-p') + 1]), startedAt: started }];
  });

const commandLine = (pid: string): string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};

/** Whether the engine answers a real request within the milliseconds; gives up as soon as it has ended. */
export const answers = async (engine: Running, within: number): Promise<boolean> => {
  const until = Date.now() + within;
  while (Date.now() < until && isAlive(engine)) {
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
export const end = async (
  engine: Running,
  signals = ['SIGTERM', 'SIGKILL'] as NodeJS.Signals[],
): Promise<void> => {
  for (const signal of signals) {
    if (isAlive(engine)) process.kill(engine.pid, signal);
    const until = Date.now() + STOPS_WITHIN;
    while (isAlive(engine) && Date.now() < until) await wait(10);
  }
};
