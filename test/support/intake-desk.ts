import { ulid } from '../../shared/domain/id.ts';
import type { StoredRecord } from '../../shared/domain/records.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { HttpEvent } from '../../shared/edge/http-event.ts';
import { hashKey } from '../../shared/workflow/engine/credential.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { nothingOutside } from './outside.ts';

export const NOW: Instant = '2026-01-05T09:00:00.000Z';
export const KEYS = {
  pagerduty: 'PAGERDUTYKEYPAGERDUTYKEYPAGERDU0',
  alertmanager: 'ALERTMANAGERKEYALERTMANAGERKEY00',
  cloudwatch: 'CLOUDWATCHKEYCLOUDWATCHKEY000000',
  generic: 'GENERICKEYGENERICKEYGENERICKEY00',
};
export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alarms';

const born = { version: 1, createdAt: NOW, updatedAt: NOW };

/** A client with one service, one person to page, and an integration of every source; `int_<source>`. */
export const seed = async (store: Store): Promise<void> => {
  const records: StoredRecord[] = [
    { kind: 'client', id: 'cli_1', ...born, name: 'Example Shop' },
    {
      ...{
        kind: 'service',
        id: 'svc_1',
        ...born,
        clientId: 'cli_1',
        name: 'Shop',
        escalationPolicyId: 'pol_1',
      },
      ...{ groupingWindow: 'PT0S', reopenWindow: 'PT0S' },
    },
    {
      ...{ kind: 'escalation-policy', id: 'pol_1', ...born, name: 'Desk', repeats: 0 },
      steps: [{ delay: 'PT5M', targets: [{ type: 'person', id: 'per_1' }] }],
    },
    {
      ...{
        kind: 'person',
        id: 'per_1',
        ...born,
        name: 'Ada Example',
        email: 'ada@example.com',
        timeZone: 'UTC',
      },
      contactMethods: [{ id: 'mail', channel: 'email', address: 'ada@example.com', verified: true }],
      notificationRules: [],
    },
    ...Object.entries(KEYS).flatMap(([source, key]): StoredRecord[] => {
      const of = { clientId: 'cli_1', serviceId: 'svc_1', source };
      const opens = { type: 'integration' as const, integrationId: `int_${source}`, ...of };
      return [
        { kind: 'integration', id: `int_${source}`, ...born, ...of, name: source, keyHash: hashKey(key) },
        { kind: 'credential', keyHash: hashKey(key), opens },
      ];
    }),
  ];
  await store.commit(records.map((put) => ({ put })));
};

/** What a function did that its answer does not show. */
export interface Heard {
  counts: Record<string, number>;
  alarms: string[];
}

let drawn = 0;

/** Ports on a store of the test, whose clock stands still, and what was counted and raised on them. */
export const intakePorts = (store: Store, settings: Partial<Ports['settings']> = {}): [Ports, Heard] => {
  const heard: Heard = { counts: {}, alarms: [] };
  const ports: Ports = {
    store,
    clock: { now: () => NOW, pause: async () => undefined },
    newId: () => {
      drawn += 1;
      return ulid(Date.parse(NOW), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, drawn >> 8, drawn & 255));
    },
    newSecret: () => 'secret',
    send: async () => ({ handedOver: true, reference: 'sent' }),
    armTimer: async () => undefined,
    ...nothingOutside,
    readPage: async () => ({ status: 404, body: '' }),
    secrets: { linkKeys: async () => [], adminKeyHash: async () => '' },
    settings: {
      ...{ publicUrl: 'https://desk.example.com', smsReplies: false, eventsPerMinute: 6000 },
      ...{ alarmTopics: [TOPIC], ...settings },
    },
    telemetry: {
      count: (metric, value = 1) => {
        heard.counts[metric] = (heard.counts[metric] ?? 0) + value;
      },
      note: () => undefined,
      alarm: (event) => void heard.alarms.push(event),
    },
  };
  return [ports, heard];
};

/** A POST as the gateway hands it over; what is not text is sent as JSON. */
export const posted = (path: string, body: unknown, contentType = 'application/json'): HttpEvent => {
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  return {
    ...{ rawPath, rawQueryString, headers: { 'content-type': contentType } },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    requestContext: { http: { method: 'POST' } },
  };
};
