import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect } from '../../../shared/store/dynamodb/client.ts';
import { createTable } from '../../../shared/store/dynamodb/create-table.ts';
import { type Engine, startEngine } from '../../support/dynamodb/engine.ts';
import { runningEngines, startedAt } from '../../support/dynamodb/engine-process.ts';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const ANSWERED = { Item: { pk: 'a', sk: 'b', text: 'answered' }, TableName: 'table' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-engine-'));
});
afterEach(async () => {
  for (const { pid } of runningEngines(join(folder, 'firebreak.db'))) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const clientOf = ({ endpoint }: Engine) => connect({ endpoint, region: 'local', credentials: CREDENTIALS });

/** Starts an engine from a process of its own, and kills that process as soon as the engine answers. */
const startedByADeadParent = async (): Promise<void> => {
  const script = `
    const { startEngine } = await import(${JSON.stringify(new URL('../../support/dynamodb/engine.ts', import.meta.url).href)});
    await startEngine(${JSON.stringify(folder)});
    process.kill(process.pid, 'SIGKILL');`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  const signal = await new Promise((resolve) => parent.once('exit', (_code, killed) => resolve(killed)));
  expect(signal).toBe('SIGKILL');
};

/** Addresses that a process listens on, in the kernel's own hexadecimal. */
const listeningOn = (pid: number): string[] => {
  const sockets = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [statSync(`/proc/${pid}/fd/${fd}`).ino];
    } catch {
      return [];
    }
  });
  return ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/${pid}/net/${family}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && sockets.includes(Number(fields[9])))
      .map((fields) => fields[1] ?? ''),
  );
};

describe('the embedded engine', () => {
  test('answers when it has started, on the loopback address alone', async () => {
    const engine = await startEngine(folder);
    const client = await clientOf(engine);
    expect((await client.send(new ListTablesCommand())).TableNames).toEqual([]);
    const port = Number(new URL(engine.endpoint).port);
    const loopback = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    expect(listeningOn(engine.pid())).toEqual([loopback]);
    await engine.stop();
  });

  test('leaves files that its owner alone can read, and says where it is', async () => {
    const engine = await startEngine(folder);
    await createTable(await clientOf(engine), 'table');
    const files = readdirSync(folder);
    expect(files).toContain('firebreak.db-wal');
    for (const file of files)
      expect([file, statSync(join(folder, file)).mode & 0o777]).toEqual([file, 0o600]);
    expect(JSON.parse(readFileSync(join(folder, 'engine.json'), 'utf8'))).toEqual({
      pid: engine.pid(),
      port: Number(new URL(engine.endpoint).port),
      startedAt: startedAt(engine.pid()),
    });
    await engine.stop();
  });

  test('is gone when it was stopped', async () => {
    const engine = await startEngine(folder);
    await engine.stop();
    expect(startedAt(engine.pid())).toBeUndefined();
    await expect(engine.stop()).resolves.toBeUndefined();
  });

  test('that outlived its parent is adopted: there are never two on one file', async () => {
    await startedByADeadParent();
    const [orphan] = runningEngines(join(folder, 'firebreak.db'));
    const engine = await startEngine(folder);
    expect(engine.pid()).toBe(orphan?.pid);
    expect(runningEngines(join(folder, 'firebreak.db'))).toHaveLength(1);
    await engine.stop();
  });

  test('is found even when the note about it was lost', async () => {
    await startedByADeadParent();
    rmSync(join(folder, 'engine.json'));
    const [orphan] = runningEngines(join(folder, 'firebreak.db'));
    const engine = await startEngine(folder);
    expect(engine.pid()).toBe(orphan?.pid);
    await engine.stop();
  });

  test('that outlived its parent and does not answer is ended, and another takes the file', async () => {
    await startedByADeadParent();
    const [orphan] = runningEngines(join(folder, 'firebreak.db'));
    process.kill(orphan?.pid ?? 0, 'SIGSTOP');
    const engine = await startEngine(folder);
    expect(engine.pid()).not.toBe(orphan?.pid);
    expect(runningEngines(join(folder, 'firebreak.db')).map(({ pid }) => pid)).toEqual([engine.pid()]);
    await engine.stop();
  });

  test('that was killed comes back by itself, with what it had answered', async () => {
    const engine = await startEngine(folder);
    const client = await clientOf(engine);
    await createTable(client, 'table');
    await client.send(new PutCommand(ANSWERED));
    const killed = engine.pid();
    process.kill(killed, 'SIGKILL');
    await vi.waitFor(() => expect(engine.pid()).not.toBe(killed), { timeout: 5000 });
    const key = { TableName: 'table', Key: { pk: 'a', sk: 'b' } };
    expect((await client.send(new GetCommand(key))).Item).toEqual(ANSWERED.Item);
    expect(runningEngines(join(folder, 'firebreak.db'))).toHaveLength(1);
    await engine.stop();
  });
});
