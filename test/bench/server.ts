import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ADMIN_KEY = 'an-admin-key-of-the-benchmark';
const ROOT = join(import.meta.dirname, '../..');

/** Firebreak as `npm start` runs it, in a process of its own, on an empty folder. */
export interface Server {
  port: number;
  /** Messages handed over so far, newest last; each as the mailbox keeps it. */
  sent(): Sent[];
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: string }>;
  stop(): Promise<void>;
}

export interface Sent {
  id: string;
  at: string;
  channel: string;
  text: string;
}

export const startServer = async (environment: Record<string, string> = {}): Promise<Server> => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-bench-'));
  const child = spawn(process.execPath, [join(ROOT, 'infra/local/start.ts')], {
    env: {
      ...process.env,
      PORT: '0',
      FIREBREAK_DATA: folder,
      FIREBREAK_ADMIN_KEY: ADMIN_KEY,
      FIREBREAK_DEMO: 'off',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    port,
    sent: mailIn(join(folder, 'messages.jsonl')),
    call: (method, path, body) => send({ agent, port, method, path }, body),
    stop: async () => {
      agent.destroy();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Reads what was added to the mailbox's file since the last time. */
const mailIn = (file: string): (() => Sent[]) => {
  const seen: Sent[] = [];
  let offset = 0;
  return () => {
    const descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(fstatSync(descriptor).size - offset);
    readSync(descriptor, bytes, 0, bytes.length, offset);
    closeSync(descriptor);
    const whole = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
    offset += whole.length;
    for (const line of whole.toString().split('\n')) if (line) seen.push(JSON.parse(line));
    return seen;
  };
};

const portOf = async (child: ChildProcess): Promise<number> => {
  if (!child.stdout) throw new Error('The server has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /^Firebreak is ready on http:\/\/localhost:(\d+)$/.exec(line);
    if (found) return Number(found[1]);
  }
  throw new Error('The server did not start.');
};

const send = (
  to: { agent: Agent; port: number; method: string; path: string },
  body: unknown,
): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}` };
    const outgoing = request({ host: '127.0.0.1', ...to, headers }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });

/** A client with a service, one person on call with mail and a phone, and so many keys. */
export const setUp = async (
  server: Pick<Server, 'call'>,
  keys: number,
): Promise<{ keys: string[]; clientId: string }> => {
  const make = async (resource: string, body: object): Promise<{ id: string; key: string }> => {
    const answer = await server.call('POST', `/v1/${resource}`, body);
    if (answer.status !== 201)
      throw new Error(`POST /v1/${resource} answered ${answer.status}: ${answer.body}`);
    return JSON.parse(answer.body);
  };
  const contactMethods = [
    { id: 'mail', channel: 'email', address: 'ada@example.com', verified: true },
    { id: 'sms', channel: 'sms', address: '+15550100101', verified: true },
  ];
  const person = await make('people', { name: 'Ada', email: 'ada@example.com', contactMethods });
  const steps = [{ delay: 'PT1H', targets: [{ type: 'person', id: person.id }] }];
  const policy = await make('escalation-policies', { name: 'Bench', steps, repeats: 1 });
  const client = await make('clients', { name: 'Bench' });
  const service = await make('services', {
    clientId: client.id,
    name: 'Shop',
    escalationPolicyId: policy.id,
  });
  const made: string[] = [];
  for (let at = 0; at < keys; at += 1)
    made.push(
      (await make('integrations', { serviceId: service.id, source: 'pagerduty', name: `Key ${at}` })).key,
    );
  return { keys: made, clientId: client.id };
};

/** A PagerDuty trigger. */
export const trigger = (routingKey: string, dedupKey: string) => ({
  routing_key: routingKey,
  event_action: 'trigger',
  dedup_key: dedupKey,
  payload: { summary: `${dedupKey} is failing`, source: 'bench.example.com', severity: 'critical' },
});
