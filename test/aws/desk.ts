import { expect } from 'vitest';
import { call, eventually, type Mail, mailsTo } from './cloud.ts';

/** A client of its own with a service, two people and a monitor; Ada is called first, Bo a minute later. */
export interface Desk {
  ada: string;
  bo: string;
  clientId: string;
  /** Sends what a monitor would. Gives the id of the incident that the alert is of. */
  alert(action: 'trigger' | 'resolve', dedupKey: string): Promise<string>;
  incident(id: string): Promise<{ id: string; status: string; escalation: { nextAt: string } }>;
  /** The next mail to a person about this desk; each is given once. */
  page(address: string, seconds?: number): Promise<Mail>;
}

export const openDesk = async (name: string): Promise<Desk> => {
  const ada = `ada.${name}@example.com`;
  const bo = `bo.${name}@example.com`;
  const clientId = await made('/v1/clients', { name: `Client ${name}` });
  const people = [await person('Ada', ada), await person('Bo', bo)];
  const steps = people.map((id) => ({ delay: 'PT1M', targets: [{ type: 'person', id }] }));
  const escalationPolicyId = await made('/v1/escalation-policies', { name, steps });
  const serviceId = await made('/v1/services', { clientId, name: `Service ${name}`, escalationPolicyId });
  const monitor = await post('/v1/integrations', { serviceId, source: 'pagerduty', name: 'Monitor' });
  const read = new Map<string, number>();
  return {
    ada,
    bo,
    clientId,
    alert: (action, dedupKey) => alert(monitor.key, { action, dedupKey, clientId }),
    incident: async (id) => (await call('GET', `/v1/incidents/${id}`)).body,
    page: async (address, seconds) => {
      const already = read.get(address) ?? 0;
      const mail = await eventually(async () => (await mailsTo(address))[already], seconds);
      read.set(address, already + 1);
      return mail;
    },
  };
};

/** Posts, and gives what was made. */
export const post = async (path: string, body: unknown) => {
  const reply = await call('POST', path, { body });
  expect(reply.status, `${path}: ${reply.text}`).toBe(201);
  return reply.body;
};

const made = async (path: string, body: unknown): Promise<string> => (await post(path, body)).id;

const person = (name: string, address: string): Promise<string> =>
  made('/v1/people', {
    name,
    email: address,
    contactMethods: [{ id: 'mail', channel: 'email', address, verified: true }],
  });

interface Sent {
  action: 'trigger' | 'resolve';
  dedupKey: string;
  clientId: string;
}

const alert = async (routingKey: string, { action, dedupKey, clientId }: Sent): Promise<string> => {
  const payload = { summary: `${dedupKey} is down`, source: 'probe', severity: 'critical' };
  const reply = await call('POST', '/v2/enqueue', {
    body: { routing_key: routingKey, event_action: action, dedup_key: dedupKey, payload },
    headers: { 'content-type': 'application/json' },
  });
  expect(reply.status, reply.text).toBe(202);
  const { body } = await call('GET', `/v1/incidents?clientId=${clientId}`);
  return body.items[0].id;
};
