import * as z from 'zod';
import { type Answer, Credential } from '../../shared/domain/directory/integration.ts';
import type { StoredRecord } from '../../shared/domain/records.ts';
import { epoch, instant } from '../../shared/domain/time.ts';
import type { HttpEvent, HttpReply } from '../../shared/edge/http-event.ts';
import { hashKey } from '../../shared/workflow/engine/credential.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { nothingOutside } from '../support/outside.ts';

export const ADMIN_KEY = 'fbk_the-installations-own-key';
export const READER_KEY = 'fbk_a-key-that-only-reads';
export const WRITER_KEY = 'fbk_a-key-that-writes-acme';
export const INTEGRATION_KEY = '0123456789abcdef0123456789abcdef';

const notHere = async (): Promise<never> => {
  throw new Error('The edge has no business with this.');
};

/** A world for the edge alone: credentials, kept answers, and a clock to push. */
export const worldForEdge = () => {
  let now = '2026-05-01T09:00:00.000Z';
  let drawn = 0;
  const credentials = new Map<string, Credential>();
  const answers = new Map<string, Answer>();
  const reads: string[] = [];
  const store: Store = {
    get: async (ref) => {
      const { kind, keyHash = '', id = '' } = ref as { kind: string; keyHash?: string; id?: string };
      reads.push(kind);
      if (kind === 'credential') return credentials.get(keyHash) as never;
      if (kind === 'answer') return answers.get(id) as never;
      return notHere();
    },
    getMany: notHere,
    list: notHere,
    nextNumber: notHere,
    commit: async (writes) => {
      const kept = writes.flatMap((write) => ('put' in write && isAnswer(write.put) ? [write.put] : []));
      if (kept.some(({ id }) => answers.has(id))) return 'lost';
      for (const answer of kept) answers.set(answer.id, answer);
      return 'committed';
    },
    claim: notHere,
    due: notHere,
    countRepeat: notHere,
    forgetExpired: notHere,
  };
  const ports: Ports = {
    store,
    clock: { now: () => now, pause: async () => {} },
    newId: () => {
      drawn += 1;
      return String(drawn).padStart(26, '0');
    },
    newSecret: () => 'never drawn here',
    send: notHere,
    armTimer: notHere,
    ...nothingOutside,
    readPage: notHere,
    secrets: { linkKeys: notHere, adminKeyHash: async () => hashKey(ADMIN_KEY) },
    settings: {
      publicUrl: 'https://firebreak.example.com',
      smsReplies: false,
      eventsPerMinute: 6000,
      alarmTopics: [],
    },
    telemetry: { count: () => {}, note: () => {}, alarm: () => {} },
  };
  const admit = (key: string, opens: Credential['opens']): void => {
    const keyHash = hashKey(key);
    credentials.set(keyHash, Credential.parse({ kind: 'credential', keyHash, opens }));
  };
  const apiKey = (id: string, clientId: string, role: 'read' | 'write'): Credential['opens'] => ({
    type: 'api-key',
    apiKeyId: id,
    grants: [{ clientId, role }],
  });
  admit(READER_KEY, apiKey('key_reader', '*', 'read'));
  admit(WRITER_KEY, apiKey('key_writer', 'cli_acme', 'write'));
  admit(INTEGRATION_KEY, {
    type: 'integration',
    integrationId: 'int_1',
    clientId: 'cli_acme',
    serviceId: 'svc_1',
    source: 'pagerduty',
  });
  return {
    ports,
    answers,
    reads,
    revoke: (key: string) => credentials.delete(hashKey(key)),
    pass: (milliseconds: number) => {
      now = instant(epoch(now) + milliseconds);
    },
  };
};

const isAnswer = (record: StoredRecord): record is Answer => record.kind === 'answer';

interface Sent {
  key?: string | undefined;
  headers?: Record<string, string>;
  /** Sent as it is; anything but text and bytes is sent as JSON. */
  body?: unknown;
}

/** An event as the gateway gives it: `request('POST /v1/things?limit=3', { body: {} })`. */
export const request = (line: string, { key = ADMIN_KEY, headers = {}, body }: Sent = {}): HttpEvent => {
  const [method = '', target = ''] = line.split(' ');
  const [rawPath = '', rawQueryString = ''] = target.split('?');
  const carried = body === undefined ? {} : carry(body);
  return {
    rawPath,
    rawQueryString,
    headers: {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...carried,
    requestContext: { requestId: 'req-1', http: { method } },
  };
};

const carry = (body: unknown): Pick<HttpEvent, 'body' | 'isBase64Encoded'> => {
  if (body instanceof Uint8Array)
    return { body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
  return { body: typeof body === 'string' ? body : JSON.stringify(body) };
};

const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
});

/** The problem in a reply; fails when it is none. */
export const problemIn = (reply: HttpReply): z.infer<typeof Problem> => Problem.parse(JSON.parse(reply.body));

/** The paths that a problem names. */
export const namedIn = (reply: HttpReply): string[] =>
  (problemIn(reply).errors ?? []).map(({ path }) => path);
