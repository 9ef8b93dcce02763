import { beforeEach, expect, test } from 'vitest';
import type { Cause } from '../../shared/domain/preventive/recurrence/cause.ts';
import { PREVENTIVE_SAMPLES } from '../store/preventive-samples.ts';
import { RESOURCE_SAMPLES } from '../store/resource-samples.ts';
import { testEngine } from '../support/engine.ts';
import { furnish, type Office, openOffice, type Shown } from '../support/office.ts';

const engine = testEngine();
let office: Office;
let furniture: Awaited<ReturnType<typeof furnish>>;
let cause: Cause;
let foreign: Cause;
let body: Record<string, unknown>;

const PATH = '/v1/action-items';
const DUE = '2026-01-19T17:00:00.000Z';
const statement = { type: 'statement', statement: 'It is fast', lookAgainAt: '2026-02-02T10:00:00+01:00' };

beforeEach(async () => {
  office = await openOffice(engine);
  furniture = await furnish(office);
  const { client, service, person } = furniture;
  const other = await office.make('clients', { name: 'Other' });
  cause = { ...PREVENTIVE_SAMPLES.cause, ...{ id: 'cau_own', clientId: client.id, serviceId: service.id } };
  foreign = { ...PREVENTIVE_SAMPLES.cause, ...{ id: 'cau_foreign', clientId: other.id } };
  const review = { ...PREVENTIVE_SAMPLES.review, clientId: client.id };
  const strange = { ...PREVENTIVE_SAMPLES.review, id: 'rev_foreign', clientId: other.id };
  const finding = { ...PREVENTIVE_SAMPLES.finding, clientId: client.id };
  const tracker = { ...RESOURCE_SAMPLES.tracker, id: 'trk_foreign', clientId: other.id };
  await office.ports.store.commit([
    ...[cause, foreign, { ...cause, id: 'cau_1' }, review, strange, tracker].map((put) => ({ put })),
    { put: { ...finding, cause: { id: 'cau_1', type: 'capacity' } } },
  ]);
  body = {
    ...{ clientId: client.id, title: 'Size the pool', type: 'long-term-fix', ownerId: person.id },
    ...{ dueAt: DUE, verification: statement },
  };
});

const make = (more: object = {}) => office.make('action-items', { ...body, ...more });
const pathsOf = (errors: { path: string }[]) => errors.map(({ path }) => path);

test('what is made can be read, listed, and has its owner told', async () => {
  const made = await make({ causeIds: [cause.id], serviceId: furniture.service.id });
  expect(made).toMatchObject({
    ...{ status: 'open', priority: 'medium', dueAt: DUE, origin: { type: 'by-hand' }, reopenings: 0 },
    verification: { type: 'statement', lookAgainAt: '2026-02-02T09:00:00.000Z' },
    followUp: { remindBefore: 'P3D', leadAfter: 'P1D', managerAfter: 'P3D', remindEvery: 'P7D' },
  });
  expect((await office.ask(`GET ${PATH}/${made.id}`)).body).toEqual(made);
  const { body: notices } = await office.ask<{ items: Shown[] }>(`GET ${PATH}/${made.id}/notices`);
  expect(notices.items).toMatchObject([{ occasion: 'given', to: { id: furniture.person.id } }]);
  const { body: history } = await office.ask<{ items: Shown[] }>(`GET ${PATH}/${made.id}/history`);
  expect(history.items).toMatchObject([{ kind: 'made', reason: 'made', actor: { kind: 'api-key' } }]);
});

test.each([
  ['no owner', { ownerId: undefined }, ['body.ownerId']],
  ['no date', { dueAt: undefined }, ['body.dueAt']],
  ['no type and no check', { type: undefined, verification: undefined }, ['body.type', 'body.verification']],
  ['a day that is no time', { dueAt: '2026-01-19' }, ['body.dueAt']],
  ['a date that has passed', { dueAt: '2026-01-05T09:00:00Z' }, ['body.dueAt']],
  [
    'a look in the past',
    { verification: { ...statement, lookAgainAt: '2026-01-01T09:00:00Z' } },
    ['body.verification.lookAgainAt'],
  ],
  ['a check of no kind', { verification: { type: 'hope' } }, ['body.verification.type']],
  ['no cause to stay away', { verification: { type: 'no-recurrence' } }, ['body.causeIds']],
  ['another client’s cause', { causeIds: ['cau_own', 'cau_foreign'] }, ['body.causeIds[1]']],
  [
    'people who are not here',
    { ownerId: 'per_none', technicalLeadId: 'per_no', projectManagerId: 'per_never' },
    ['body.ownerId', 'body.technicalLeadId', 'body.projectManagerId'],
  ],
  ['a giver who is not here', { by: 'per_none' }, ['body.by']],
  ['another client’s review', { origin: { type: 'review', id: 'rev_foreign' } }, ['body.origin.id']],
  [
    'another client’s review, as a drill',
    { origin: { type: 'drill', id: 'rev_foreign' } },
    ['body.origin.id'],
  ],
  [
    'times that nobody will see',
    {
      ...{ dueAt: '9999-12-31T00:00:00Z' },
      ...{ verification: { ...statement, lookAgainAt: '9999-12-31T00:00:00Z' } },
    },
    ['body.dueAt', 'body.verification.lookAgainAt'],
  ],
  ['another client’s tracker', { trackerId: 'trk_foreign' }, ['body.trackerId']],
  [
    'an alert that is not here',
    { verification: { type: 'log-error-stays-away', alertId: 'alt_none' } },
    ['body.verification.alertId'],
  ],
  [
    'a service and a client’s cause that are not here, and a past date',
    { serviceId: 'svc_none', causeIds: ['cau_none'], dueAt: '2025-12-01T00:00:00Z' },
    ['body.causeIds[0]', 'body.serviceId', 'body.dueAt'],
  ],
  ['a client that is not here', { clientId: 'cli_none' }, ['body.clientId']],
  ['a field that nobody knows', { blame: 'Bo' }, ['body.blame']],
])('refused, naming what is at fault: %s', async (_what, changes, paths) => {
  const refused = await office.refused(`POST ${PATH}`, { body: { ...body, ...changes } });
  expect([refused.status, pathsOf(refused.errors)]).toEqual([400, paths]);
  expect((await office.ask<{ items: Shown[] }>(`GET ${PATH}`)).body.items).toEqual([]);
});

test('from a review without causes of its own, it takes those that the review found', async () => {
  const verification = { type: 'no-recurrence' };
  const made = await make({ origin: { type: 'review', id: 'rev_1' }, verification });
  expect(made).toMatchObject({ causeIds: ['cau_1'], verification: { for: 'P90D' } });
  const { body: notices } = await office.ask<{ items: { text: string }[] }>(`GET ${PATH}/${made.id}/notices`);
  expect(notices.items[0]?.text).toContain('the review of incident 7, “Checkout is down”');
  const { body: shown } = await office.ask<Shown>('GET /v1/causes/cau_1');
  expect(shown).toMatchObject({ sightings: [], actionItems: [{ id: made.id }] });
});

test('each client sees its own alone, and needs to write to change', async () => {
  const { id } = await make();
  const stranger = { key: await office.keyFor('admin', [foreign.clientId]) };
  const reader = { key: await office.keyFor('read', [furniture.client.id]) };
  for (const path of ['', '/history', '/notices'])
    expect((await office.refused(`GET ${PATH}/${id}${path}`, stranger)).status).toBe(404);
  expect((await office.refused('GET /v1/causes/cau_own', stranger)).status).toBe(404);
  const list = (line: string, key: { key: string }) => office.ask<{ items: Shown[] }>(`GET ${line}`, key);
  expect((await list(PATH, stranger)).body.items).toEqual([]);
  expect((await list(PATH, reader)).body.items).toHaveLength(1);
  expect((await list('/v1/causes', stranger)).body.items.map((each) => each.id)).toEqual(['cau_foreign']);
  for (const [move, said] of Object.entries({
    ...{
      completion: {},
      verification: { holds: true },
      reopening: { note: 'No' },
      dismissal: { reason: 'No' },
    },
  })) {
    const line = `POST ${PATH}/${id}/${move}`;
    expect((await office.refused(line, { ...stranger, body: said })).status).toBe(404);
    expect((await office.refused(line, { ...reader, body: said })).status).toBe(403);
  }
  const made = await office.refused(`POST ${PATH}`, { ...stranger, body });
  expect(made.errors).toEqual([{ path: 'body.clientId', message: 'must name an existing client' }]);
});

test('a change is a merge patch on the version that was seen, and is checked as a whole', async () => {
  const { id } = await make({ causeIds: [cause.id] });
  const patch = (sent: object, version?: number) => ({
    body: sent,
    ...(version ? { headers: { 'if-match': `"${version}"` } } : {}),
  });
  const line = `PATCH ${PATH}/${id}`;
  const changed = await office.ask(
    line,
    patch({ verification: { type: 'no-recurrence' }, priority: 'high' }, 1),
  );
  expect(changed.body).toMatchObject({
    ...{ version: 2, priority: 'high', verification: { type: 'no-recurrence', for: 'P90D' } },
  });
  expect((await office.refused(line, patch({ title: 'Late' }, 1))).status).toBe(412);
  for (const [sent, path] of [
    [{ ownerId: null }, 'body.ownerId'],
    [{ dueAt: '2026-01-01T00:00:00Z' }, 'body.dueAt'],
    [{ causeIds: [] }, 'body.causeIds'],
    [{ clientId: foreign.clientId }, 'body.clientId'],
  ] as const)
    expect(pathsOf((await office.refused(line, patch(sent))).errors)).toEqual([path]);
  office.pass('P30D');
  expect((await office.ask(line, patch({ title: 'Though it is overdue' }))).status).toBe(200);
  const { body: overdue } = await office.ask<{ items: Shown[] }>(`GET ${PATH}?overdue=true`);
  expect(overdue.items.map((each) => each.id)).toEqual([id]);
});

test('lists are narrowed by status, owner, origin and client; the newest first', async () => {
  const first = await make({ origin: { type: 'drill', id: 'drill-1' } });
  const second = await make();
  await office.ask(`POST ${PATH}/${first.id}/completion`, { body: { note: 'Done on Friday.' } });
  const ids = async (query: string) =>
    (await office.ask<{ items: Shown[] }>(`GET ${PATH}?${query}`)).body.items.map(({ id }) => id);
  expect(await ids(`clientId=${furniture.client.id}&ownerId=${furniture.person.id}`)).toEqual([
    ...[second.id, first.id],
  ]);
  expect(await ids('status=done')).toEqual([first.id]);
  expect(await ids('status=open,done')).toHaveLength(2);
  expect(await ids('originId=drill-1')).toEqual([first.id]);
  expect(await ids(`originId=drill-1&clientId=${foreign.clientId}`)).toEqual([]);
  expect(await ids('ownerId=per_none')).toEqual([]);
  expect(await ids('overdue=true')).toEqual([]);
  expect((await office.refused(`GET ${PATH}?status=lost`)).status).toBe(400);
});

test('the same request twice makes one; done, dropped and opened again by hand answer with the item', async () => {
  const sent = { body, headers: { 'idempotency-key': 'once-and-only-once' } };
  const [one, two] = [await office.ask(`POST ${PATH}`, sent), await office.ask(`POST ${PATH}`, sent)];
  expect(two.body).toEqual(one.body);
  const at = `${PATH}/${one.body.id}`;
  const post = async (move: string, said?: object) =>
    (await office.ask(`POST ${at}/${move}`, said ? { body: said } : {})).body.status;
  expect(await post('completion')).toBe('done');
  expect(await post('verification', { holds: false, note: 'Slow again.' })).toBe('open');
  expect(await post('dismissal', { reason: 'The shop closes.' })).toBe('dropped');
  expect((await office.refused(`POST ${at}/completion`)).status).toBe(409);
  expect((await office.refused(`POST ${at}/dismissal`, { body: {} })).status).toBe(400);
  expect(await post('reopening', { note: 'It stays.' })).toBe('open');
});

test('where a tracker takes every item, its issue is brought up to it, and only where it shows what changed', async () => {
  const own = { ...RESOURCE_SAMPLES.tracker, clientId: furniture.client.id };
  await office.ports.store.commit([
    { put: { ...own, id: 'trk_2' } },
    { put: { ...own, id: 'trk_1' } },
    { put: { ...own, id: 'trk_3', linksAll: false } },
  ]);
  const { id, link } = await make();
  expect(link).toEqual({ trackerId: 'trk_1' });
  expect((await make({ trackerId: 'trk_3' })).link).toEqual({ trackerId: 'trk_3' });
  const promised = async () =>
    (await office.ports.store.list({ of: 'effect', subjectId: id }, { limit: 10 })).items.length;
  expect(await promised()).toBe(1);
  await office.ask(`PATCH ${PATH}/${id}`, { body: { priority: 'urgent' } });
  expect(await promised()).toBe(1);
  await office.ask(`PATCH ${PATH}/${id}`, { body: { title: 'Another title' } });
  expect(await promised()).toBe(2);
  await office.ask(`POST ${PATH}/${id}/completion`);
  expect(await promised()).toBe(3);
});
