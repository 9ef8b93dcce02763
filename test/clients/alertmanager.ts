import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const READY_WITHIN = 15_000;

export interface Alertmanager {
  /** Posts alerts as Prometheus does, to the API of version 2. */
  post(alerts: PostedAlert[]): Promise<void>;
  stop(): Promise<void>;
}

export interface PostedAlert {
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  startsAt?: string;
  /** In the past: it is over. */
  endsAt?: string;
}

/** Debian's Alertmanager with a configuration, on a free port of 127.0.0.1 and without a cluster. */
export const startAlertmanager = async (configuration: string): Promise<Alertmanager> => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-alertmanager-'));
  const file = join(folder, 'alertmanager.yml');
  writeFileSync(file, configuration);
  const child = spawn('prometheus-alertmanager', [
    `--config.file=${file}`,
    `--storage.path=${join(folder, 'data')}`,
    '--web.listen-address=127.0.0.1:0',
    '--cluster.listen-address=',
  ]);
  const stop = async (): Promise<void> => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = await address(child);
    return { post: (alerts) => post(url, alerts), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** It writes where it listens into its log. */
const address = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let log = '';
    const fail = (): void => reject(new Error(`Alertmanager does not start:\n${log}`));
    const patience = setTimeout(fail, READY_WITHIN);
    child.once('error', reject);
    child.once('exit', fail);
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const host = /msg="Listening on" address=(\S+)/.exec(log)?.[1];
      if (!host) return;
      clearTimeout(patience);
      resolve(`http://${host}`);
    });
  });

const post = async (url: string, alerts: PostedAlert[]): Promise<void> => {
  const reply = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts),
  });
  if (!reply.ok) throw new Error(`Alertmanager answered ${reply.status}: ${await reply.text()}`);
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
};
