import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '..', '..');
const HOST = '127.0.0.1';
const REGION = 'eu-west-1';
/** For SDK clients of the tests. MiniStack takes these keys for the root of its account, whom no policy binds. */
export const asRoot = {
  region: REGION,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};
const ROOT_KEYS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
const CONFIGURATION = {
  name: 'firebreak',
  account: '000000000000',
  region: REGION,
  emailFrom: 'pages@example.com',
  fallbackContact: 'email:fallback@example.com',
  sms: { twoWayNumber: '+15550199' },
  keepData: false,
};

export interface MiniStack {
  endpoint: string;
  /** What the stack says of itself: `Url`, `AdminKey` and the like. */
  outputs: Record<string, string>;
  stop(): Promise<void>;
}

/**
 * Starts MiniStack on a free port, with IAM in force, and deploys the very stack that users deploy.
 * Its log and that of the deployment are in `.cache/test-aws`. Throws when there is no MiniStack to start.
 */
export const startMiniStack = async (): Promise<MiniStack> => {
  const logs = join(ROOT, '.cache', 'test-aws');
  mkdirSync(logs, { recursive: true });
  const port = await freePort();
  const endpoint = `http://${HOST}:${port}`;
  const child = launch(port, join(logs, 'ministack.log'));
  const stop = () => end(child);
  try {
    await answers(`${endpoint}/_ministack/health`, child);
    return { endpoint, outputs: await deploy(endpoint, logs), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** MiniStack runs the functions on the `node` that it finds first. */
const launch = (port: number, log: string): ChildProcess => {
  const python = process.env.MINISTACK_PYTHON ?? join(ROOT, '.cache', 'ministack', 'bin', 'python');
  if (!existsSync(python))
    throw new Error(
      `There is no ${python}. Make it with "python3 -m venv .cache/ministack" and "pip install ministack".`,
    );
  const output = openSync(log, 'w');
  return spawn(python, ['-m', 'ministack'], {
    stdio: ['ignore', output, output],
    env: {
      ...process.env,
      ...ROOT_KEYS,
      PATH: `${join(ROOT, 'node_modules', '.bin')}:${process.env.PATH}`,
      GATEWAY_PORT: String(port),
      BIND_HOST: HOST,
      MINISTACK_REGION: REGION,
      AUTH: 'true',
      SFTP_ENABLED: '0',
    },
  });
};

const deploy = async (endpoint: string, logs: string): Promise<Record<string, string>> => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-aws-'));
  try {
    writeFileSync(join(folder, 'firebreak.json'), JSON.stringify(CONFIGURATION));
    const { account, region } = CONFIGURATION;
    const template = join(import.meta.dirname, 'bootstrap.json');
    await cdk(['bootstrap', `aws://${account}/${region}`, '--template', template, '--no-notices'], {
      endpoint,
      folder,
      log: join(logs, 'bootstrap.log'),
    });
    const outputs = join(folder, 'outputs.json');
    const app = ['--app', `node ${join(import.meta.dirname, 'app.ts')}`, '--no-notices'];
    await cdk(['deploy', ...app, '--require-approval', 'never', '--outputs-file', outputs], {
      endpoint,
      folder,
      log: join(logs, 'deploy.log'),
    });
    return JSON.parse(readFileSync(outputs, 'utf8'))[CONFIGURATION.name];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Run {
  endpoint: string;
  folder: string;
  log: string;
}

const cdk = async (args: string[], { endpoint, folder, log }: Run): Promise<void> => {
  const bin = join(ROOT, 'node_modules', '.bin');
  try {
    const { stdout, stderr } = await promisify(execFile)(join(bin, 'cdk'), args, {
      cwd: folder,
      env: {
        ...process.env,
        ...ROOT_KEYS,
        PATH: `${bin}:${process.env.PATH}`,
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: REGION,
        CI: 'true',
      },
    });
    writeFileSync(log, stdout + stderr);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    writeFileSync(log, stdout + stderr);
    throw new Error(`cdk ${args[0]} failed; ${log} says why:\n${stderr.slice(-2000)}`);
  }
};

const answers = async (url: string, child: ChildProcess): Promise<void> => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`MiniStack ended with ${child.exitCode}.`);
    const up = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('MiniStack did not answer within 30 seconds.');
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

/** Ends it by its own id, and waits until it has gone. */
const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(killer);
};
