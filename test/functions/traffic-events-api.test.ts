import { beforeEach, expect, test } from 'vitest';
import { testEngine } from '../support/engine.ts';
import { furnish, type Office, openOffice, type Shown } from '../support/office.ts';

const engine = testEngine();
let office: Office;
let furniture: Awaited<ReturnType<typeof furnish>>;
let body: Record<string, unknown>;
let providerId: string;

beforeEach(async () => {
  office = await openOffice(engine);
  furniture = await furnish(office);
  const contacts = [{ id: 'mail', name: 'Support', way: 'email', address: 'support@hosting.example.com' }];
  const provider = await office.make('providers', { name: 'Example Hosting', contacts });
  providerId = provider.id;
  const { client, service, person } = furniture;
  await office.ask(`PATCH /v1/services/${service.id}`, { body: { providerId } });
  body = {
    ...{ clientId: client.id, serviceIds: [service.id], ownerId: person.id, managerId: person.id },
    ...{ name: 'Winter sale', type: 'sale', timeZone: 'Europe/Berlin' },
    ...{ startsAt: '2026-01-25T10:00', endsAt: '2026-01-25T15:00' },
    ...{ expectedPeak: { concurrentUsers: 900 }, anonymousShare: 90, urls: ['https://shop.example.com/'] },
  };
});

const plan = (changes: object = {}) => office.make('traffic-events', { ...body, ...changes });

test('what is planned can be read, with the checks that everybody makes and where each provider stands', async () => {
  const made = await plan();
  expect(made).toMatchObject({
    ...{
      status: 'planned',
      start: '2026-01-25T09:00:00.000Z',
      end: '2026-01-25T14:00:00.000Z',
      warnings: [],
    },
    notices: [{ providerId, state: 'sent', late: false, deadline: '2026-01-18T09:00:00.000Z' }],
  });
  expect((made.preChecks as { id: string }[]).map(({ id }) => id)).toContain('logs-exported');
  const { status, body: shown } = await office.ask(`GET /v1/traffic-events/${made.id}`);
  expect({ status, shown }).toMatchObject({ status: 200, shown: { id: made.id, similar: [] } });
});

test.each([
  ['a service that is not here', { serviceIds: ['svc_none'] }, 'body.serviceIds[0]'],
  ['people who are not here', { ownerId: 'per_none' }, 'body.ownerId'],
  ['a schedule that is not here', { coverScheduleId: 'sch_none' }, 'body.coverScheduleId'],
  ['a client that is not here', { clientId: 'cli_none' }, 'body.clientId'],
  ['an end before the start', { endsAt: '2026-01-25T09:00' }, 'body.endsAt'],
  ['a start that has passed', { startsAt: '2026-01-01T10:00' }, 'body.startsAt'],
  ['a zone that is an offset', { timeZone: '+01:00' }, 'body.timeZone'],
  ['a source address that is none', { sourceIps: ['10.0.0.300'] }, 'body.sourceIps[0]'],
  [
    'a check that is there twice',
    {
      preChecks: [
        { id: 'a', label: 'A' },
        { id: 'a', label: 'B' },
      ],
    },
    'body.preChecks[1].id',
  ],
  ['a field that nobody knows', { peak: 5 }, 'body.peak'],
])('refused, naming the field: %s', async (_what, changes, path) => {
  const { status, errors } = await office.refused('POST /v1/traffic-events', {
    body: { ...body, ...changes },
  });
  expect(status).toBe(400);
  expect(errors.map((error) => error.path)).toContain(path);
});

test("another client's service is one that is not here", async () => {
  const other = await office.make('clients', { name: 'Other' });
  const service = await office.make('services', {
    ...{ clientId: other.id, name: 'Site', escalationPolicyId: furniture.policy.id },
  });
  const serviceIds = [furniture.service.id, service.id];
  const { errors } = await office.refused('POST /v1/traffic-events', { body: { ...body, serviceIds } });
  expect(errors).toEqual([{ path: 'body.serviceIds[1]', message: 'this client has no such service' }]);
});

test('each client sees its own alone, and needs to write to change', async () => {
  const { id } = await plan();
  const other = await office.make('clients', { name: 'Other' });
  const stranger = { key: await office.keyFor('admin', [other.id]) };
  const reader = { key: await office.keyFor('read', [furniture.client.id]) };
  for (const path of ['', '/history', '/proof'])
    expect(await office.refused(`GET /v1/traffic-events/${id}${path}`, stranger)).toMatchObject({
      status: 404,
    });
  const list = (key: { key: string }) => office.ask<{ items: Shown[] }>('GET /v1/traffic-events', key);
  expect((await list(stranger)).body.items).toEqual([]);
  expect((await list(reader)).body.items.map((event) => event.id)).toEqual([id]);
  const patch = { body: { name: 'Mine' } };
  expect((await office.refused(`PATCH /v1/traffic-events/${id}`, { ...reader, ...patch })).status).toBe(403);
  expect((await office.refused(`PATCH /v1/traffic-events/${id}`, { ...stranger, ...patch })).status).toBe(
    404,
  );
  const planned = await office.refused('POST /v1/traffic-events', { ...stranger, body });
  expect(planned.errors).toEqual([{ path: 'body.clientId', message: 'must name an existing client' }]);
});

test('a change is a merge patch on the version that was seen, and keeps what was ticked off', async () => {
  const { id } = await plan();
  const ticked = await office.ask(`POST /v1/traffic-events/${id}/pre-checks/cache`, {
    body: { by: furniture.person.id },
  });
  expect(ticked.body.preChecks).toContainEqual(
    expect.objectContaining({ id: 'cache', doneBy: furniture.person.id, doneAt: expect.any(String) }),
  );
  const stale = { headers: { 'if-match': '"1"' }, body: { urls: null } };
  expect((await office.refused(`PATCH /v1/traffic-events/${id}`, stale)).status).toBe(412);
  const changed = await office.ask(`PATCH /v1/traffic-events/${id}`, {
    ...stale,
    headers: { 'if-match': '"2"' },
  });
  expect(changed.body).toMatchObject({ version: 3, generation: 2, notices: [{ missing: ['urls'] }] });
  expect(changed.body.preChecks).toContainEqual(
    expect.objectContaining({ id: 'cache', doneAt: expect.any(String) }),
  );
  const moved = await office.refused(`PATCH /v1/traffic-events/${id}`, { body: { clientId: 'cli_other' } });
  expect(moved.errors.map(({ path }) => path)).toEqual(['body.clientId']);
});

test('the same request twice plans one, and tells the provider once', async () => {
  const sent = { body, headers: { 'idempotency-key': 'once-and-only-once' } };
  const [one, two] = [
    await office.ask('POST /v1/traffic-events', sent),
    await office.ask('POST /v1/traffic-events', sent),
  ];
  expect(two.body).toEqual(one.body);
  const { items } = await office.ports.store.list({ of: 'notice', subjectId: one.body.id }, { limit: 10 });
  expect(items).toHaveLength(1);
});

test('lists are narrowed by client and by when it begins, the newest plan first', async () => {
  const first = await plan();
  const second = await plan({ startsAt: '2026-03-01T10:00', endsAt: '2026-03-01T12:00' });
  const ids = async (query: string) =>
    (await office.ask<{ items: Shown[] }>(`GET /v1/traffic-events?${query}`)).body.items.map(({ id }) => id);
  expect(await ids(`clientId=${furniture.client.id}`)).toEqual([second.id, first.id]);
  expect(await ids('from=2026-02-01T00:00:00Z')).toEqual([second.id]);
  expect(await ids('to=2026-01-25T10:00:00%2B01:00')).toEqual([]);
  expect(await ids('to=2026-01-25T10:00:01%2B01:00')).toEqual([first.id]);
});

test('an answer by phone, a cancellation, and the proof and history of all of it', async () => {
  const { id } = await plan();
  const at = `/v1/traffic-events/${id}`;
  const answered = await office.ask(`POST ${at}/notices/${providerId}/acknowledgement`, {
    body: { by: 'Hanna', answer: 'Noted' },
  });
  expect(answered.body.notices).toMatchObject([
    { state: 'acknowledged', acknowledgedBy: 'Hanna', answer: 'Noted' },
  ]);
  expect((await office.refused(`POST ${at}/outcome`, { body: { problems: '' } })).status).toBe(409);
  const cancelled = await office.ask(`POST ${at}/cancellation`, { body: { reason: 'No stock' } });
  expect(cancelled.body).toMatchObject({ status: 'cancelled', warnings: [] });
  expect((await office.refused(`PATCH ${at}`, { body: { name: 'Again' } })).status).toBe(409);
  const { body: proof } = await office.ask<{ providers: unknown[] }>(`GET ${at}/proof`);
  expect(proof.providers).toMatchObject([
    {
      provider: { providerId, acknowledgedBy: 'Hanna' },
      notices: [{ occasion: 'announcement', to: { address: 'support@hosting.example.com' } }],
    },
  ]);
  const history = await office.ask<{ items: { kind: string; actor: { kind: string } }[] }>(
    `GET ${at}/history`,
  );
  expect(history.body.items.map(({ kind }) => kind)).toEqual([
    ...['planned', 'notice-promised', 'acknowledged', 'cancelled'],
  ]);
  expect(history.body.items[2]?.actor.kind).toBe('api-key');
});
