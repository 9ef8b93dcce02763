import { beforeAll, expect, test } from 'vitest';
import { testEngine } from '../support/engine.ts';
import { furnish, type Made, type Office, openOffice, type Shown } from '../support/office.ts';

const engine = testEngine();
let office: Office;
let service: Made;
let other: Made;

beforeAll(async () => {
  office = await openOffice(engine);
  ({ service } = await furnish(office));
  const client = await office.make('clients', { name: 'Tidewater Tickets' });
  other = await office.make('services', {
    clientId: client.id,
    name: 'Box office',
    escalationPolicyId: service.escalationPolicyId,
  });
});

const open = (serviceId: string, severity = 'sev2'): Promise<Made> =>
  office.make('incidents', { serviceId, title: 'Checkout is slow', severity });

interface Listed {
  items: Shown[];
  next: string | null;
}
const list = async (query: string, key?: string): Promise<Listed> =>
  (await office.ask<Listed>(`GET /v1/incidents${query}`, key ? { key } : {})).body;

/** Every incident of a list, a small page at a time. */
const all = async (query: string, key?: string): Promise<string[]> => {
  const ids: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const page: Listed = await list(`?limit=2${query}${next ? `&cursor=${next}` : ''}`, key);
    ids.push(...page.items.map(({ id }) => id));
    next = page.next;
  }
  return ids;
};

test('an incident opened by hand is numbered per client, pages, and tells its story', async () => {
  const incident = await open(service.id);
  expect(incident).toMatchObject({ status: 'triggered', urgency: 'high', severity: 'sev2', drill: false });
  const timeline = await office.ask<{ items: { kind: string; reason: string }[] }>(
    `GET /v1/incidents/${incident.id}/timeline`,
  );
  expect(timeline.body.items.map(({ kind, reason }) => [kind, reason])).toEqual([
    ['opened', 'by-hand'],
    ['step-taken', 'step-due'],
  ]);
  const pages = await office.ask<{ items: { state: string }[] }>(`GET /v1/incidents/${incident.id}/pages`);
  expect(pages.body.items.length).toBeGreaterThan(0);
  expect(JSON.stringify(pages.body)).not.toContain('address');
});

const moves: [string, string][] = [
  ['acknowledgement', 'acknowledged'],
  ['containment', 'contained'],
  ['escalation', 'triggered'],
  ['help-requests', 'acknowledged'],
  ['resolution', 'resolved'],
  ['reopening', 'triggered'],
];

test('each move answers the incident, also when it is made twice, and once for one key', async () => {
  const { id } = await open(service.id);
  for (const [move, status] of moves) {
    const headers = { 'idempotency-key': `a-key-for-${move}` };
    const first = await office.ask(`POST /v1/incidents/${id}/${move}`, { headers });
    expect(first, move).toMatchObject({ status: 200, body: { id, status } });
    const replayed = await office.ask(`POST /v1/incidents/${id}/${move}`, { headers });
    expect(replayed.body, move).toEqual(first.body);
  }
  const again = await office.ask(`POST /v1/incidents/${id}/acknowledgement`);
  const twice = await office.ask(`POST /v1/incidents/${id}/acknowledgement`);
  expect([again.status, twice.status]).toEqual([200, 200]);
  expect(twice.body.version).toBe(again.body.version);
});

test('a move that its state does not allow is refused, and says which would', async () => {
  const { id } = await open(service.id);
  expect(await office.refused(`POST /v1/incidents/${id}/closure`)).toMatchObject({
    status: 409,
    code: 'illegal-move',
    detail: expect.stringContaining('only one that is resolved'),
  });
  await office.ask(`POST /v1/incidents/${id}/resolution`);
  expect((await office.ask(`POST /v1/incidents/${id}/closure`)).body.status).toBe('closed');
  expect((await office.refused(`POST /v1/incidents/${id}/reopening`)).status).toBe(409);
});

test('a version that is not the incident’s any more is refused', async () => {
  const { id } = await open(service.id);
  const stale = { headers: { 'if-match': '"7"' } };
  expect((await office.refused(`POST /v1/incidents/${id}/acknowledgement`, stale)).status).toBe(412);
});

test('a note stands in the timeline, and whoever it names must be here', async () => {
  const { id } = await open(service.id);
  await office.ask(`POST /v1/incidents/${id}/notes`, { body: { note: 'Restarted the queue.' } });
  const { body } = await office.ask<{ items: { kind: string; text: string }[] }>(
    `GET /v1/incidents/${id}/timeline`,
  );
  expect(body.items.at(-1)).toMatchObject({ kind: 'note', text: 'Restarted the queue.' });
  const nobody = { body: { by: 'per_nobody', note: 'x' } };
  expect(await office.refused(`POST /v1/incidents/${id}/notes`, nobody)).toMatchObject({
    status: 400,
    errors: [{ path: 'body.by' }],
  });
});

test('lists go newest first over all clients, page by page, and filter', async () => {
  const made: string[] = [];
  for (const at of [0, 1, 2, 3, 4]) {
    made.unshift((await open(at % 2 ? other.id : service.id, at === 4 ? 'sev1' : 'sev3')).id);
    office.pass('PT1S');
  }
  expect((await all('')).slice(0, 5)).toEqual(made);
  expect((await all(`&serviceId=${other.id}`)).slice(0, 2)).toEqual([made[1], made[3]]);
  expect(await all('&severity=sev1')).toEqual([made[0]]);
  await office.ask(`POST /v1/incidents/${made[2]}/resolution`);
  expect(await all('&status=resolved')).toContain(made[2]);
  expect(await all('&status=triggered,acknowledged')).not.toContain(made[2]);
});

test('another client’s incidents are not there', async () => {
  const mine = await open(service.id);
  const theirs = await open(other.id);
  const key = await office.keyFor('write', [String(service.clientId)]);
  expect((await office.ask(`GET /v1/incidents/${mine.id}`, { key })).status).toBe(200);
  expect((await office.refused(`GET /v1/incidents/${theirs.id}`, { key })).status).toBe(404);
  expect((await office.refused(`POST /v1/incidents/${theirs.id}/resolution`, { key })).status).toBe(404);
  expect(await all('', key)).not.toContain(theirs.id);
  expect(await all(`&clientId=${other.clientId}`, key)).toEqual([]);
  const body = { serviceId: other.id, title: 'x', severity: 'sev1' };
  expect(await office.refused('POST /v1/incidents', { key, body })).toMatchObject({
    status: 400,
    errors: [{ path: 'body.serviceId', message: 'must name an existing service' }],
  });
});

test('every field at fault is named', async () => {
  const body = { serviceId: 5, severity: 'sev9', more: true };
  const { status, errors } = await office.refused('POST /v1/incidents', { body });
  expect(status).toBe(400);
  expect(errors.map(({ path }) => path).sort()).toEqual([
    'body.more',
    'body.serviceId',
    'body.severity',
    'body.title',
  ]);
  const wrong = await office.refused('GET /v1/incidents?status=asleep&limit=0&from=yesterday');
  expect(wrong.errors.map(({ path }) => path.replace(/\[.*/, '')).sort()).toEqual([
    'query.from',
    'query.limit',
    'query.status',
  ]);
});
