import { expect, test } from 'vitest';
import type { StoredRecord } from '../../shared/domain/records.ts';
import { watchProviders } from '../../shared/schedules/watch-providers.ts';
import { apiOn } from '../support/api.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { hosting } from '../support/hosting.ts';

const open = deskOn(testEngine());
const FEED = 'https://status.hosting.example.com/api/v2/summary.json';

const trouble = {
  id: 'abc123',
  name: 'Network trouble',
  status: 'investigating',
  impact: 'major',
  shortlink: 'https://stspg.example.com/abc',
  started_at: '2026-01-05T08:50:00Z',
  incident_updates: [
    { body: 'We are looking into it.', status: 'investigating', created_at: '2026-01-05T08:51:00Z' },
  ],
};
const summary = (...incidents: object[]) => ({
  page: { id: 'p', name: 'Example Hosting' },
  components: [],
  incidents,
  scheduled_maintenances: [],
});

/** Four clients: the cast's and two more are on the provider, the fourth is not. */
const scene = async () => {
  const desk = await open();
  const api = await apiOn(desk.ports);
  const { body: provider } = await api.ask('POST /v1/providers', { ...hosting, statusFeed: FEED });
  const { client, service, policy } = desk.cast;
  const move = await api.ask(`PATCH /v1/services/${service.id}`, { providerId: provider.id });
  expect(move.status).toBe(200);
  const clients = [client.id];
  for (const name of ['Tidewater', 'Lantern', 'Elsewhere']) {
    const { body: made } = await api.ask('POST /v1/clients', { name });
    clients.push(made.id);
    const at = name === 'Elsewhere' ? {} : { providerId: provider.id };
    await api.ask('POST /v1/services', { clientId: made.id, name, escalationPolicyId: policy.id, ...at });
  }
  const keys = await Promise.all(clients.map((id) => api.keyFor('read', id)));
  const round = async (): Promise<void> => {
    await watchProviders.run(desk.ports);
    await desk.reconcile();
  };
  return { desk, api, provider, clients, keys, round };
};

const notes = async (desk: Desk): Promise<string[]> =>
  (await desk.timeline()).filter(({ reason }) => reason === 'provider-reports').map(({ text }) => text);

const alarmed = async (desk: Desk): Promise<void> => {
  await desk.alert('checkout');
  desk.expectPaged('ada', 'sms');
  desk.expectPaged('ada', 'email');
  await desk.does('ada', 'acknowledge');
};

test('an outage that touches three clients is opened once, and each sees only its own part of it', async () => {
  const { desk, api, clients, keys, round } = await scene();
  desk.serves(FEED, summary(trouble));
  await round();
  await round();
  const touched: string[] = [];
  for (const [place, key] of keys.entries()) {
    const { body } = await api.ask('GET /v1/provider-incidents', undefined, key);
    const seen = body.items.flatMap((item: { touches: { clientId: string }[] }) =>
      item.touches.map(({ clientId }) => clientId),
    );
    expect(seen).toEqual(place < 3 ? [clients[place]] : []);
    expect(JSON.stringify(body)).not.toContain(clients[(place + 1) % 3]);
    touched.push(...seen);
  }
  const { body: all } = await api.ask('GET /v1/provider-incidents');
  expect(all.items).toHaveLength(1);
  expect(all.items[0]).toMatchObject({ title: 'Network trouble', impact: 'major', over: false });
  expect(all.items[0].touches).toHaveLength(3);
  const one = `GET /v1/provider-incidents/${all.items[0].id}`;
  expect((await api.ask(one, undefined, keys[0])).body.touches).toEqual([
    { clientId: clients[0], serviceIds: [desk.cast.service.id], since: expect.any(String) },
  ]);
  expect((await api.ask(one, undefined, keys[3])).status).toBe(404);
  const asked = `GET /v1/provider-incidents?clientId=${clients[1]}`;
  expect((await api.ask(asked, undefined, keys[0])).body.items).toEqual([]);
});

test('open incidents on the provider say what it reports, each update once, until it is over', async () => {
  const { desk, api, round } = await scene();
  await alarmed(desk);
  desk.serves(FEED, summary(trouble));
  await round();
  await round();
  expect(await notes(desk)).toEqual([
    'The hosting provider reports: Network trouble (major, investigating). We are looking into it. https://stspg.example.com/abc',
  ]);
  await desk.pass('PT5M');
  desk.serves(FEED, summary({ ...trouble, status: 'monitoring', incident_updates: [] }));
  await round();
  expect(await notes(desk)).toHaveLength(2);
  await desk.pass('PT5M');
  desk.serves(FEED, summary());
  await round();
  await round();
  expect((await notes(desk)).at(-1)).toContain('resolved: Network trouble');
  expect(await notes(desk)).toHaveLength(3);
  expect((await api.ask('GET /v1/provider-incidents')).body.items[0].over).toBe(true);
});

test('a feed that fails ends nothing, is told once after an hour, and is seen on the provider until it works', async () => {
  const { desk, api, provider, round } = await scene();
  desk.serves(FEED, summary(trouble));
  await round();
  const since = desk.ports.clock.now();
  for (const nonsense of ['<html>', '{"incidents":7}', undefined, '[]', 'null']) {
    desk.serves(FEED, nonsense);
    await round();
  }
  const shown = async () => (await api.ask(`GET /v1/providers/${provider.id}`)).body;
  expect(await shown()).toMatchObject({ feedFailingSince: since, feedFailure: expect.any(String) });
  expect(desk.alarms).toEqual([]);
  await desk.pass('PT1H');
  await round();
  await desk.pass('PT1H');
  await round();
  expect(desk.alarms.splice(0)).toEqual([expect.stringContaining('status-feed-fails')]);
  expect((await api.ask('GET /v1/provider-incidents')).body.items[0].over).toBe(false);
  desk.serves(FEED, summary(trouble));
  await round();
  expect(await shown()).not.toHaveProperty('feedFailingSince');
});

test('one broken feed stops nobody else’s', async () => {
  const { desk, api, clients, round } = await scene();
  const other = 'https://status.other.example.com/summary.json';
  const { body } = await api.ask('POST /v1/providers', {
    ...hosting,
    name: 'A broken one',
    statusFeed: other,
  });
  desk.serves(other, '\u0000');
  desk.serves(FEED, summary(trouble, { name: 'without an id' }, [], { id: {} }));
  await round();
  expect((await api.ask('GET /v1/provider-incidents')).body.items[0].touches).toHaveLength(3);
  expect((await api.ask(`GET /v1/providers/${body.id}`)).body.feedFailure).toContain(
    'not a status page summary',
  );
  expect(clients).toHaveLength(4);
});

test('a status mail tells the same as the feed: one incident, whichever comes first', async () => {
  const { desk, api, provider, round, keys } = await scene();
  const mail = {
    providerId: provider.id,
    subject: '[Example Hosting] Investigating: Network trouble',
    text: 'Investigating - We are looking into it.\nhttps://status.hosting.example.com/incidents/abc123',
    from: 'noreply@statuspage.example.com',
  };
  const first = await api.ask('POST /v1/provider-incidents/mails', mail);
  expect(first).toMatchObject({ status: 200, body: { reason: 'opened' } });
  expect((await api.ask('POST /v1/provider-incidents/mails', mail)).body.reason).toBe('unchanged');
  await desk.reconcile();
  desk.serves(FEED, summary(trouble));
  await round();
  expect((await api.ask('GET /v1/provider-incidents')).body.items).toHaveLength(1);
  const empty = { ...mail, subject: 'Hello', text: 'Nothing' };
  expect((await api.ask('POST /v1/provider-incidents/mails', empty)).status).toBe(400);
  expect((await api.ask('POST /v1/provider-incidents/mails', mail, keys[0])).status).toBe(403);
});

test('what is told twice by a process that died in between is told once', async () => {
  const { desk, round } = await scene();
  await alarmed(desk);
  desk.serves(FEED, summary(trouble));
  await watchProviders.run(desk.ports);
  const effect = desk.outbox.find(
    (record): record is Extract<StoredRecord, { kind: 'effect' }> => record.kind === 'effect',
  );
  await desk.reconcile();
  if (effect) await desk.ports.store.commit([{ put: effect }]);
  await desk.reconcile();
  await round();
  expect(await notes(desk)).toHaveLength(1);
});
