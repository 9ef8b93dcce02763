import { expect } from 'vitest';
import { handler as corrective } from '../../functions/corrective-api/index.ts';
import { handler as directory } from '../../functions/directory-api/index.ts';
import { handler as preventive } from '../../functions/preventive-api/index.ts';
import { handler as proactive } from '../../functions/proactive-api/index.ts';
import { ulid } from '../../shared/domain/id.ts';
import { allResources } from '../../shared/domain/resources.ts';
import { after, type Duration, epoch } from '../../shared/domain/time.ts';
import type { HttpEvent } from '../../shared/edge/http-event.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { hashKey } from '../../shared/workflow/engine/credential.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Write } from '../../shared/workflow/engine/store-port.ts';
import type { TestEngine } from './engine.ts';
import { nothingOutside } from './outside.ts';

export const ADMIN_KEY = 'the-key-of-this-installation';

/** A representation, as far as every noun has it. */
export interface Shown {
  id: string;
  version: number;
  [field: string]: unknown;
}

/** A representation that was just made, with what is shown once. */
export type Made = Shown & { key: string; url: string; warnings: string[] };

interface Problem {
  code: string;
  detail: string;
  errors: { path: string; message: string }[];
}

export interface Reply<Body> {
  status: number;
  headers: Record<string, string>;
  body: Body;
}

interface Sent {
  /** An API key; `null` sends none. The administrator's unless told. */
  key?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The API over its handlers, on the real engine: an administrator's desk. */
export interface Office {
  ports: Ports;
  ask<Body = Shown>(line: string, sent?: Sent): Promise<Reply<Body>>;
  /** Makes something that has to work. */
  make(resource: string, body: object, sent?: Sent): Promise<Made>;
  refused(line: string, sent?: Sent): Promise<Problem & { status: number }>;
  /** A key that holds this role on these clients. */
  keyFor(role: 'read' | 'write' | 'admin', clientIds?: string[]): Promise<string>;
  pass(duration: Duration): void;
  /** Called once before the next commit that `when` is true of; what it asks for itself goes through. */
  interrupt(when: (writes: Write[]) => boolean, act: () => Promise<unknown>): void;
}

export const openOffice = async (engine: TestEngine): Promise<Office> => {
  const { store } = await engine.makeTable();
  let now = '2026-01-05T09:00:00.000Z';
  let drawn = 0;
  let interruption: { when: (writes: Write[]) => boolean; act: () => Promise<unknown> } | undefined;
  const invocation = (): number => {
    drawn += 1;
    return drawn;
  };
  const nobody = async (): Promise<never> => {
    throw new Error('The directory has no business with this.');
  };
  const ports: Ports = {
    store: {
      ...store,
      commit: async (writes) => {
        const due = interruption?.when(writes) ? interruption : undefined;
        if (due) interruption = undefined;
        await due?.act();
        return store.commit(writes);
      },
    },
    clock: { now: () => now, pause: async () => undefined },
    newId: () => ulid(epoch(now) + invocation(), new Uint8Array(10)),
    newSecret: () => hashKey(`secret ${invocation()}`),
    send: nobody,
    armTimer: nobody,
    ...nothingOutside,
    readPage: nobody,
    secrets: { linkKeys: nobody, adminKeyHash: async () => hashKey(ADMIN_KEY) },
    settings: {
      ...{ publicUrl: 'https://firebreak.example.com', smsReplies: false },
      ...{ eventsPerMinute: 6000, alarmTopics: [] },
    },
    telemetry: {
      count: () => {},
      note: () => {},
      alarm: (_event, error) => expect.soft(error).toBeUndefined(),
    },
  };
  usePorts(ports);

  const ask: Office['ask'] = async <Body>(line: string, sent: Sent = {}): Promise<Reply<Body>> => {
    const event = eventOf(line, sent);
    const handler = handlerOf(event.rawPath);
    const { statusCode, headers, body } = await handler(event);
    return { status: statusCode, headers, body: (body === '' ? null : JSON.parse(body)) as Body };
  };
  const make: Office['make'] = async (resource, body, sent = {}) => {
    const reply = await ask<Made>(`POST /v1/${resource}`, { ...sent, body });
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    return reply.body;
  };
  return {
    ports,
    ask,
    make,
    refused: async (line, sent) => {
      const { status, body } = await ask<Problem>(line, sent);
      expect(status, JSON.stringify(body)).toBeGreaterThanOrEqual(400);
      return { ...body, status };
    },
    keyFor: async (role, clientIds = ['*']) =>
      (await make('api-keys', { name: `${role} key`, scopes: [role], clientIds })).key,
    pass: (duration) => {
      now = after(now, duration);
    },
    interrupt: (when, act) => {
      interruption = { when, act };
    },
  };
};

const handlerOf = (path: string): typeof directory => {
  if (/^\/v1\/(traffic-events|provider-incidents)/.test(path)) return proactive;
  if (/^\/v1\/(reviews|action-items|causes|trackers|clients\/[^/]+\/review-template)\b/.test(path))
    return preventive;
  const isDirectory = allResources().some(
    (each) => each.api === 'directory' && each.path === path.split('/')[2],
  );
  return isDirectory ? directory : corrective;
};

const eventOf = (line: string, { key = ADMIN_KEY, body, headers = {} }: Sent): HttpEvent => {
  const [method = '', target = ''] = line.split(' ');
  const [rawPath = '', rawQueryString = ''] = target.split('?');
  return {
    ...{ rawPath, rawQueryString, requestContext: { http: { method } } },
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
};

/** Somebody who can be reached. */
export const ada = {
  name: 'Ada Example',
  email: 'ada@example.com',
  timeZone: 'Europe/London',
  contactMethods: [{ id: 'mail', channel: 'email', address: 'ada@example.com', verified: true }],
};

/** A step that pages these people and schedules. */
export const stepTo = (...targets: (readonly [type: 'person' | 'schedule', id: string])[]) => ({
  delay: 'PT5M',
  targets: targets.map(([type, id]) => ({ type, id })),
});

/** A client with a service, its policy, the person it pages, and a monitor's way in. */
export const furnish = async ({ make }: Office, name = 'Harbour Books') => {
  const person = await make('people', ada);
  const policy = await make('escalation-policies', { name: 'Desk', steps: [stepTo(['person', person.id])] });
  const client = await make('clients', { name });
  const service = await make('services', {
    ...{ clientId: client.id, name: 'Web shop', escalationPolicyId: policy.id },
  });
  const integration = await make('integrations', {
    ...{ serviceId: service.id, source: 'pagerduty', name: 'Probe' },
  });
  return { person, policy, client, service, integration };
};
