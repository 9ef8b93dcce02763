import { readdirSync, readFileSync } from 'node:fs';

export interface Running {
  pid: number;
  port: number;
}

/**
 * When a process was started, in ticks since the machine was; undefined when there is none or it is a zombie. Two
 * processes that were given the same pid differ in it.
 */
export const startedAt = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
};

/**
 * The engines that serve a file, read off the processes themselves: a note on disk could be missing (its writer was
 * killed first) or name a pid that was given to another program since.
 */
export const runningEngines = (file: string): Running[] =>
  readdirSync('/proc').flatMap((name) => {
    const words = /^\d+$/.test(name) ? commandLine(name) : [];
    const isEngine = words[0]?.endsWith('/dynoxide') && words[words.indexOf('--db-path') + 1] === file;
    if (!isEngine || startedAt(Number(name)) === undefined) return [];
    return [{ pid: Number(name), port: Number(words[words.indexOf('-p') + 1]) }];
  });

const commandLine = (pid: string): string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};
