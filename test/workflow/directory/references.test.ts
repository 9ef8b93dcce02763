import { beforeEach, describe, expect, it } from 'vitest';
import { testEngine } from '../../support/engine.ts';
import { ada, furnish, type Office, openOffice, stepTo } from '../../support/office.ts';

const engine = testEngine();
let office: Office;
let there: Awaited<ReturnType<typeof furnish>>;
beforeEach(async () => {
  office = await openOffice(engine);
  there = await furnish(office);
});

const NOBODY = 'per_00000000000000000000000000';
const week = { name: 'Week', timeZone: 'UTC', startsAt: '2026-01-05T09:00' };

describe('a reference to what is not there', () => {
  it('is named by its path, each one of them', async () => {
    const steps = [stepTo(['person', there.person.id], ['person', NOBODY]), stepTo(['schedule', 'sch_1'])];
    expect(
      await office.refused('POST /v1/escalation-policies', { body: { name: 'P', steps } }),
    ).toMatchObject({
      status: 400,
      code: 'invalid',
      errors: [
        { path: 'body.steps[0].targets[1].id', message: 'must name an existing person' },
        { path: 'body.steps[1].targets[0].id', message: 'must name an existing schedule' },
      ],
    });
  });

  it('is one to another kind of thing, too', async () => {
    const steps = [stepTo(['person', there.person.id], ['schedule', there.person.id])];
    const { errors } = await office.refused('POST /v1/escalation-policies', { body: { name: 'P', steps } });
    expect(errors).toEqual([
      { path: 'body.steps[0].targets[1].id', message: 'must name an existing schedule' },
    ]);
  });

  it.each(['', 'x'.repeat(3000), '*'])('may be called %j', async (id) => {
    const body = { clientId: id, name: 'Blog', escalationPolicyId: id };
    const { errors } = await office.refused('POST /v1/services', { body });
    expect(errors).toEqual([
      { path: 'body.clientId', message: 'must name an existing client' },
      { path: 'body.escalationPolicyId', message: 'must name an existing escalation policy' },
    ]);
  });

  it('is refused in a change, too, and leaves everything as it was', async () => {
    const at = `/v1/services/${there.service.id}`;
    const { errors } = await office.refused(`PATCH ${at}`, { body: { escalationPolicyId: 'pol_1' } });
    expect(errors.map(({ path }) => path)).toEqual(['body.escalationPolicyId']);
    expect((await office.ask(`GET ${at}`)).body).toMatchObject({
      version: 1,
      escalationPolicyId: there.policy.id,
    });
  });

  it('is refused for an integration, with a source that is not known', async () => {
    const body = { serviceId: 'svc_1', source: 'pigeon', name: 'P' };
    const unknown = await office.refused('POST /v1/integrations', { body });
    expect(unknown.errors).toMatchObject([{ path: 'body.source' }]);
    const { errors } = await office.refused('POST /v1/integrations', {
      body: { ...body, source: 'generic' },
    });
    expect(errors).toEqual([{ path: 'body.serviceId', message: 'must name an existing service' }]);
  });
});

describe('what is used', () => {
  it('stays, and says who uses it, each of them', async () => {
    const schedule = await office.make('schedules', { ...week, personIds: [there.person.id] });
    const refused = await office.refused(`DELETE /v1/people/${there.person.id}`);
    expect(refused).toMatchObject({ status: 409, code: 'in-use' });
    expect(refused.detail).toContain('the escalation policy “Desk”');
    expect(refused.detail).toContain('the schedule “Week”');
    expect(refused.errors.map(({ path }) => path).sort()).toEqual([
      `/v1/escalation-policies/${there.policy.id}`,
      `/v1/schedules/${schedule.id}`,
    ]);
    expect((await office.ask(`GET /v1/people/${there.person.id}`)).status).toBe(200);
  });

  it('goes after all that uses it, in this order and no other', async () => {
    const order = [
      `integrations/${there.integration.id}`,
      `services/${there.service.id}`,
      `escalation-policies/${there.policy.id}`,
      `people/${there.person.id}`,
    ];
    for (const path of order.slice(1))
      expect(await office.refused(`DELETE /v1/${path}`)).toMatchObject({ code: 'in-use' });
    expect(await office.refused(`DELETE /v1/clients/${there.client.id}`)).toMatchObject({ code: 'in-use' });
    for (const path of [...order, `clients/${there.client.id}`])
      expect(await office.ask(`DELETE /v1/${path}`)).toMatchObject({ status: 204 });
  });

  it('is free when its user names another instead, and then that one is used', async () => {
    const other = await office.make('people', { ...ada, name: 'Bo' });
    const steps = [stepTo(['person', other.id]), stepTo(['person', other.id])];
    await office.ask(`PATCH /v1/escalation-policies/${there.policy.id}`, { body: { steps } });
    expect(await office.ask(`DELETE /v1/people/${there.person.id}`)).toMatchObject({ status: 204 });
    expect(await office.refused(`DELETE /v1/people/${other.id}`)).toMatchObject({ code: 'in-use' });
  });

  it('knows its user by the name that it has now', async () => {
    await office.ask(`PATCH /v1/escalation-policies/${there.policy.id}`, { body: { name: 'Night desk' } });
    const { detail } = await office.refused(`DELETE /v1/people/${there.person.id}`);
    expect(detail).toContain('“Night desk”');
  });

  it('does not go while a client has incidents', async () => {
    const client = await office.make('clients', { name: 'Acme' });
    const at = '2026-01-05T09:00:00.000Z';
    await office.ports.store.commit([
      {
        put: {
          ...{
            kind: 'incident',
            id: 'inc_01KE6F3G000000000000000001',
            version: 1,
            createdAt: at,
            updatedAt: at,
          },
          ...{ clientId: client.id, serviceId: 'svc_gone', number: 1, title: 'Down', status: 'closed' },
          ...{ severity: 'sev1', urgency: 'high', drill: false, generation: 1, episode: 1, openedAt: at },
          escalation: { state: 'stopped', loop: 0, step: 0 },
          ...{ serviceName: 'Shop', clientName: 'Acme' },
        },
      },
    ]);
    const refused = await office.refused(`DELETE /v1/clients/${client.id}`);
    expect(refused).toMatchObject({ status: 409, code: 'in-use' });
    expect(refused.detail).toContain('incidents');
  });
});

describe('as large as they may be', () => {
  it('a policy and a schedule of thirty people are made, changed for thirty others, and removed', async () => {
    const people = async () => {
      const made = Array.from({ length: 30 }, (_, place) =>
        office.make('people', { ...ada, name: `P${place}` }),
      );
      return (await Promise.all(made)).map(({ id }) => id);
    };
    const [some, others] = [await people(), await people()];
    const stepsFor = (ids: string[]) =>
      [0, 10, 20].map((from) => stepTo(...ids.slice(from, from + 10).map((id) => ['person', id] as const)));
    const cases = [
      ['escalation-policies', { name: 'P', steps: stepsFor(some) }, { name: 'Q', steps: stepsFor(others) }],
      ['schedules', { ...week, personIds: some }, { name: 'Weeks', personIds: others }],
    ] as const;
    for (const [resource, body, patch] of cases) {
      const headers = { 'idempotency-key': resource };
      const { id } = await office.make(resource, body, { headers });
      expect(await office.ask(`PATCH /v1/${resource}/${id}`, { body: patch })).toMatchObject({ status: 200 });
      expect(await office.ask(`DELETE /v1/${resource}/${id}`)).toMatchObject({ status: 204 });
    }
    for (const id of [...some, ...others])
      expect(await office.ask(`DELETE /v1/people/${id}`)).toMatchObject({ status: 204 });
  });
});
