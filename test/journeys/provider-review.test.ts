import { expect, test } from 'vitest';
import { apiOn } from '../support/api.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { hosting } from '../support/hosting.ts';

const open = deskOn(testEngine());

const scene = async (more: object = {}) => {
  const desk = await open();
  const api = await apiOn(desk.ports);
  const ownerId = desk.cast.people.bo.id;
  const { status, body } = await api.ask('POST /v1/providers', { ...hosting, ownerId, ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return { desk, api, provider: body, path: `/v1/providers/${body.id}` };
};

test('its owner is asked every 90 days, and every week until somebody says that all is right', async () => {
  const { desk, api, path } = await scene();
  await desk.pass('P89D');
  desk.expectNobodyPaged();
  await desk.pass('P1D');
  expect(desk.expectPaged('bo', 'email').subject).toContain('Example Hosting');
  await desk.pass('P7D');
  desk.expectPaged('bo', 'email');
  const reviewed = await api.ask(`POST ${path}/review`, { by: desk.cast.people.bo.id });
  expect(reviewed).toMatchObject({ status: 200, body: { reviewedAt: desk.ports.clock.now() } });
  await desk.pass('P89D');
  desk.expectNobodyPaged();
  await desk.pass('P1D');
  desk.expectPaged('bo', 'email');
  const { body } = await api.ask(`GET ${path}/history`);
  expect(body.items.map(({ kind }: { kind: string }) => kind)).toContain('reviewed');
});

test('its contract: told 30 and 7 days before the last day to act, which can be moved', async () => {
  const { desk, api, path } = await scene({
    reviewEvery: 'P300D',
    contract: { endsOn: '2026-12-31', noticeBy: '2026-03-10' },
  });
  await desk.pass('P32D');
  desk.expectNobodyPaged();
  await desk.pass('P3D');
  expect(desk.expectPaged('bo', 'email').text).toContain('2026-03-10');
  await api.ask(`PATCH ${path}`, { contract: { noticeBy: '2026-06-10' } });
  await desk.pass('P60D');
  desk.expectNobodyPaged();
  await desk.pass('P32D');
  desk.expectPaged('bo', 'email');
  await desk.pass('P23D');
  desk.expectPaged('bo', 'email');
  await desk.pass('P60D');
  desk.expectNobodyPaged();
});

test('a last day that is near already is told at once, once; one that is over is not told', async () => {
  const { desk, api } = await scene({ contract: { endsOn: '2026-01-10' } });
  await desk.pass('PT1M');
  desk.expectPaged('bo', 'email');
  const over = { ...hosting, ownerId: desk.cast.people.bo.id, contract: { endsOn: '2026-01-01' } };
  await api.ask('POST /v1/providers', over);
  await desk.pass('P10D');
  desk.expectNobodyPaged();
});

test('without an owner the fallback contact is told, and the provider says that it has none', async () => {
  const { desk, provider } = await scene({ ownerId: undefined, contacts: [] });
  expect(provider.warnings).toEqual([
    'No contact has an e-mail address: send notices of planned traffic yourself.',
    'This provider has no owner, so nobody receives its reminders.',
  ]);
  await desk.pass('P90D');
  desk.expectPaged('fallback', 'email');
});

test('what keeps a provider: its services and its owner; a service lets go of it by a null', async () => {
  const { desk, api, path, provider } = await scene();
  const service = `/v1/services/${desk.cast.service.id}`;
  await api.ask(`PATCH ${service}`, { providerId: provider.id });
  const { body } = await api.ask(`GET ${path}/services`);
  expect(body.items).toEqual([
    expect.objectContaining({ id: desk.cast.service.id, providerId: provider.id }),
  ]);
  expect((await api.ask(`DELETE ${path}`)).status).toBe(409);
  expect((await api.ask(`DELETE /v1/people/${desk.cast.people.bo.id}`)).status).toBe(409);
  expect((await api.ask(`PATCH ${service}`, { providerId: null })).body).not.toHaveProperty('providerId');
  expect((await api.ask(`DELETE ${path}`)).status).toBe(204);
  await desk.pass('P90D');
  desk.expectNobodyPaged();
});
