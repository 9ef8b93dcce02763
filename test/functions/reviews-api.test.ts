import { expect, test } from 'vitest';
import { apiOn } from '../support/api.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { LEAD, MANAGER, OWNER, reviewDesk } from '../support/review-desk.ts';

const open = deskOn(testEngine());

/** A client without a rule, with an incident that is over. */
const scene = async () => {
  const desk = await open();
  const reviews = await reviewDesk(desk, {}, { reviewRule: undefined });
  const api = await apiOn(desk.ports);
  const incidentId = await reviews.resolvedIncident();
  const ask = async (line: string, body?: object, key?: string) => {
    const reply = await api.ask(line, body, key);
    await desk.reconcile();
    return reply;
  };
  const made = await ask('POST /v1/reviews', { incidentId, by: reviews.id('dee') });
  reviews.expectTold(OWNER, /A review is due/);
  return { desk, reviews, api, ask, incidentId, made, path: `/v1/reviews/${made.body.id}` };
};

test('anybody who may write asks for a review; asking twice gives the same one', async () => {
  const { ask, made, incidentId } = await scene();
  expect(made).toMatchObject({
    status: 201,
    body: {
      ...{ status: 'writing', because: ['by-hand'], incidentId, version: 1, revision: 1 },
      ...{ dueAt: '2026-01-10T09:00:00.000Z' },
    },
  });
  expect(made.body).not.toHaveProperty('generation');
  expect((await ask('POST /v1/reviews', { incidentId })).body).toEqual(made.body);
});

test('it is shown with all that is in it, and listed by status', async () => {
  const { ask, reviews, path, made } = await scene();
  await reviews.write('lucky', { text: 'A quiet night.' });
  const { body } = await ask(`GET ${path}`);
  expect(body).toMatchObject({ id: made.body.id, revision: 2, findings: [], evidence: [] });
  expect(body.sections).toContainEqual(expect.objectContaining({ name: 'lucky', text: 'A quiet night.' }));
  const listed = async (query: string) =>
    (await ask(`GET /v1/reviews${query}`)).body.items.map(({ id }: { id: string }) => id);
  expect(await listed('')).toEqual([body.id]);
  expect(await listed('?status=writing,in-review')).toEqual([body.id]);
  expect(await listed('?status=waived')).toEqual([]);
  expect((await ask('GET /v1/reviews?status=lost')).status).toBe(400);
});

test('it goes all the way from being written to being approved, and says so', async () => {
  const { ask, reviews, path } = await scene();
  const refused = await ask(`POST ${path}/submission`, {});
  expect(refused).toMatchObject({ status: 409, body: { code: 'illegal-move' } });
  expect(refused.body.errors.map((error: { path: string }) => error.path)).toEqual([
    'findings',
    'sections.fix',
    'sections.one-person',
  ]);
  await reviews.writeAll();
  expect(await ask(`POST ${path}/submission`)).toMatchObject({ status: 200, body: { status: 'in-review' } });
  const approve = (name: 'bo' | 'cy' | 'dee', more: object = {}) =>
    ask(`POST ${path}/approvals`, { by: reviews.id(name), ...more });
  expect((await approve('dee')).status).toBe(403);
  expect((await approve('bo', { revision: 1 })).status).toBe(412);
  expect(await approve('bo')).toMatchObject({ status: 200, body: { approvals: [{ name: 'Bo' }] } });
  expect(await ask(`POST ${path}/changes`, { by: reviews.id('cy'), note: 'Shorter.' })).toMatchObject({
    body: { status: 'writing', approvals: [] },
  });
  await ask(`POST ${path}/submission`, { by: reviews.id('ada') });
  await approve('bo');
  expect(await approve('cy')).toMatchObject({ body: { status: 'approved' } });
  expect(await ask(`POST ${path}/publication`, {})).toMatchObject({
    body: { status: 'published', publications: 1 },
  });
  const { body: publications } = await ask(`GET ${path}/publications`);
  expect(publications.items).toMatchObject([{ number: 1, markdown: expect.stringContaining('no orders') }]);
  const { body: history } = await ask(`GET ${path}/history?limit=100`);
  expect(history.items.map(({ kind }: { kind: string }) => kind)).toEqual(
    expect.arrayContaining(['opened', 'edited', 'submitted', 'approved', 'changes-asked', 'published']),
  );
  expect((await ask(`GET ${path}/notices?limit=100`)).body.items.length).toBeGreaterThan(5);
  reviews.overlook(OWNER, LEAD, MANAGER);
});

test('what is wrong with a change is said field by field, and changes nothing', async () => {
  const { ask, reviews, path, made } = await scene();
  const patch = { ownerId: 'per_nobody', projectManagerId: 'per_nobody' };
  expect(
    (await ask(`PATCH ${path}`, patch)).body.errors.map((error: { path: string }) => error.path),
  ).toEqual(['body.ownerId', 'body.projectManagerId']);
  for (const body of [
    { dueAt: '2026-01-19' },
    { dueAt: '9999-12-31T23:59:59-12:00' },
    { technique: 'guessing' },
    { status: 'approved' },
    { problem: '' },
  ])
    expect((await ask(`PATCH ${path}`, body)).status).toBe(400);
  expect((await ask(`POST ${path}/waiver`, { by: reviews.id('cy') })).status).toBe(400);
  expect((await ask('POST /v1/reviews', { incidentId: 'inc_none' })).body.errors).toMatchObject([
    { path: 'body.incidentId' },
  ]);
  expect((await ask(`GET ${path}`)).body).toMatchObject({ version: made.body.version, status: 'writing' });
  expect(await ask(`POST ${path}/waiver`, { reason: 'A test.' })).toMatchObject({
    body: { status: 'waived' },
  });
  reviews.overlook(OWNER, LEAD, MANAGER);
});

test('one person is not both approvers of what is asked for, and a program is told to say who approves', async () => {
  const { desk, ask, reviews, path } = await scene();
  await desk.pass('PT1M');
  const incidentId = await reviews.resolvedIncident('payments');
  const [bo, cy] = [reviews.id('bo'), reviews.id('cy')];
  for (const [people, field] of [
    [{ technicalLeadId: bo, projectManagerId: bo }, 'projectManagerId'],
    [{ projectManagerId: bo }, 'projectManagerId'],
    [{ technicalLeadId: cy }, 'technicalLeadId'],
  ] as const) {
    const { status, body } = await ask('POST /v1/reviews', { incidentId, ...people });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([
      { path: `body.${field}`, message: expect.stringMatching(/two different people/) },
    ]);
  }
  expect((await ask(`PATCH ${path}`, { technicalLeadId: cy })).body.errors).toMatchObject([
    { path: 'body.technicalLeadId' },
  ]);
  expect((await ask(`POST ${path}/approvals`, {})).body.detail).toContain('`by`');
  desk.expectNobodyPaged();
});

test.each(['', 'x'.repeat(3000)])('a hostile id is one that is not here: %j', async (id) => {
  const { ask, path } = await scene();
  expect((await ask('POST /v1/reviews', { incidentId: id })).status).toBe(400);
  expect((await ask(`PATCH ${path}`, { ownerId: id })).status).toBe(400);
  expect((await ask(`POST ${path}/approvals`, { by: id })).status).toBeLessThan(404);
});

test.each([
  ['GET', '', undefined],
  ['PATCH', '', { problem: 'Mine?' }],
  ['POST', '/submission', {}],
  ['POST', '/approvals', {}],
  ['POST', '/changes', { note: 'x' }],
  ['POST', '/publication', {}],
  ['POST', '/waiver', { reason: 'x' }],
  ['GET', '/publications', undefined],
  ['GET', '/history', undefined],
  ['GET', '/notices', undefined],
] as const)('another client’s is not there: %s %s', async (method, rest, body) => {
  const { api, path } = await scene();
  const key = await api.keyFor('admin', 'cli_other');
  const theirs = await api.ask(`${method} ${path}${rest}`, body, key);
  const none = await api.ask(`${method} /v1/reviews/rev_none${rest}`, body, key);
  expect(theirs.status).toBe(404);
  expect(theirs.body.detail).toBe(none.body.detail);
});

test('who only reads changes nothing, and opens none for another client', async () => {
  const { api, desk, path, incidentId } = await scene();
  const reader = await api.keyFor('read', desk.cast.client.id);
  expect((await api.ask(`POST ${path}/waiver`, { reason: 'x' }, reader)).status).toBe(403);
  const other = await api.keyFor('write', 'cli_other');
  expect((await api.ask('POST /v1/reviews', { incidentId }, other)).body.errors).toMatchObject([
    { path: 'body.incidentId', message: 'must name an existing incident' },
  ]);
  expect((await api.ask('GET /v1/reviews', undefined, other)).body.items).toEqual([]);
});
