import { handler as corrective } from '../../functions/corrective-api/index.ts';
import { handler as directory } from '../../functions/directory-api/index.ts';
import { handler as preventive } from '../../functions/preventive-api/index.ts';
import { handler as proactive } from '../../functions/proactive-api/index.ts';
import type { Grant } from '../../shared/domain/directory/access.ts';
import type { HttpEvent } from '../../shared/edge/http-event.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { hashKey } from '../../shared/workflow/engine/credential.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';

// biome-ignore lint/suspicious/noExplicitAny: a representation is JSON of any shape
type Shown = any;

/** The API over its handlers, on the ports of a desk, as programs with keys of their own use it. */
export interface Api {
  /** A key that holds this role on these clients. */
  keyFor(role: Grant['role'], ...clientIds: string[]): Promise<string>;
  /** `POST /v1/providers`, by the administrator unless another key is given. */
  ask(line: string, body?: object, key?: string): Promise<{ status: number; body: Shown }>;
}

const FUNCTIONS: [RegExp, typeof directory][] = [
  [/^\/v1\/(reviews|action-items|causes|trackers|clients\/[^/]+\/review-template)/, preventive],
  [/^\/v1\/(clients|services|people|providers|integrations|api-keys)/, directory],
  [/^\/v1\/(traffic-events|provider-incidents)/, proactive],
  [/^\/v1\//, corrective],
];

export const apiOn = async (ports: Ports): Promise<Api> => {
  let made = 0;
  const keyFor: Api['keyFor'] = async (role, ...clientIds) => {
    made += 1;
    const key = `a-key-of-this-test-${made}`;
    const grants = clientIds.map((clientId) => ({ clientId, role }));
    const opens = { type: 'api-key' as const, apiKeyId: `key_${made}`, grants };
    await ports.store.commit([{ put: { kind: 'credential', keyHash: hashKey(key), opens } }]);
    return key;
  };
  const admin = await keyFor('admin', '*');
  const ask: Api['ask'] = async (line, body, key = admin) => {
    usePorts(ports);
    const event = eventOf(line, { key, body });
    const found = FUNCTIONS.find(([paths]) => paths.test(event.rawPath))?.[1] ?? corrective;
    const reply = await found(event);
    return { status: reply.statusCode, body: reply.body === '' ? undefined : JSON.parse(reply.body) };
  };
  return { keyFor, ask };
};

const eventOf = (line: string, { key, body }: { key: string; body: object | undefined }): HttpEvent => {
  const [method = '', target = ''] = line.split(' ');
  const [rawPath = '', rawQueryString = ''] = target.split('?');
  return {
    ...{ rawPath, rawQueryString, requestContext: { http: { method } } },
    headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  };
};
