import { beforeEach, describe, expect, it } from 'vitest';
import { testEngine } from '../../support/engine.ts';
import { furnish, type Office, openOffice, type Shown } from '../../support/office.ts';

const engine = testEngine();
let office: Office;
let ours: Awaited<ReturnType<typeof furnish>>;
let theirs: Awaited<ReturnType<typeof furnish>>;
let key: string;
beforeEach(async () => {
  office = await openOffice(engine);
  ours = await furnish(office, 'Harbour Books');
  theirs = await furnish(office, 'Acme');
  key = await office.keyFor('admin', [ours.client.id]);
});

interface Listed {
  items: Shown[];
  next: string | null;
}
const listed = async (line: string, as?: string): Promise<string[]> => {
  const ids: string[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const query: string = `${line.includes('?') ? '&' : '?'}limit=2${next && `&cursor=${next}`}`;
    const { status, body }: { status: number; body: Listed } = await office.ask<Listed>(
      `GET ${line}${query}`,
      {
        ...(as === undefined ? {} : { key: as }),
      },
    );
    expect(status).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(2);
    ids.push(...body.items.map(({ id }) => id));
    next = body.next;
  }
  return ids;
};

describe("another client's", () => {
  it.each(['client', 'service', 'integration'] as const)(
    '%s is as if it were not there',
    async (resource) => {
      const at = (id: string) => `/v1/${resource}s/${id}`;
      for (const method of ['GET', 'PATCH', 'DELETE']) {
        const body = method === 'PATCH' ? { name: 'Mine now' } : undefined;
        const foreign = await office.refused(`${method} ${at(theirs[resource].id)}`, { key, body });
        const absent = await office.refused(`${method} ${at('nothing')}`, { key, body });
        expect(foreign.status).toBe(404);
        expect(foreign).toEqual(absent);
        expect(await office.ask(`GET ${at(ours[resource].id)}`, { key })).toMatchObject({ status: 200 });
      }
      expect((await office.ask(`GET ${at(theirs[resource].id)}`)).body).toMatchObject({ version: 1 });
    },
  );

  it('service gets no integration, nor a new key', async () => {
    const body = { serviceId: theirs.service.id, source: 'generic', name: 'Spy' };
    const foreign = await office.refused('POST /v1/integrations', { key, body });
    const absent = await office.refused('POST /v1/integrations', {
      key,
      body: { ...body, serviceId: 'svc_1' },
    });
    expect(foreign).toEqual(absent);
    expect(foreign).toMatchObject({ status: 400, errors: [{ path: 'body.serviceId' }] });
    const roll = `POST /v1/integrations/${theirs.integration.id}/key`;
    expect(await office.refused(roll, { key })).toMatchObject({ status: 404 });
  });

  it('client gets no service, and every wrong reference is named at once', async () => {
    const body = { clientId: theirs.client.id, name: 'Spy', escalationPolicyId: 'pol_1' };
    const { status, errors } = await office.refused('POST /v1/services', { key, body });
    expect(status).toBe(400);
    expect(errors.map(({ path }) => path)).toEqual(['body.clientId', 'body.escalationPolicyId']);
  });

  it('things are not on any list', async () => {
    expect(await listed('/v1/clients', key)).toEqual([ours.client.id]);
    expect(await listed('/v1/services', key)).toEqual([ours.service.id]);
    expect(await listed('/v1/integrations', key)).toEqual([ours.integration.id]);
    expect(await listed(`/v1/services?clientId=${theirs.client.id}`, key)).toEqual([]);
  });
});

describe('whoever is administrator of one client', () => {
  it('keeps its services and integrations', async () => {
    const body = { clientId: ours.client.id, name: 'Blog', escalationPolicyId: ours.policy.id };
    const { id: serviceId } = await office.make('services', body, { key });
    const { id } = await office.make('integrations', { serviceId, source: 'generic', name: 'Cron' }, { key });
    expect(await office.ask(`DELETE /v1/integrations/${id}`, { key })).toMatchObject({ status: 204 });
    expect(await office.ask(`DELETE /v1/services/${serviceId}`, { key })).toMatchObject({ status: 204 });
  });

  it('makes no client and sees nothing of the whole installation', async () => {
    expect(await office.refused('POST /v1/clients', { key, body: { name: 'New' } })).toMatchObject({
      status: 403,
    });
    for (const resource of ['people', 'schedules', 'escalation-policies', 'api-keys'])
      for (const line of [`GET /v1/${resource}`, `GET /v1/${resource}/${ours.person.id}`])
        expect(await office.refused(line, { key })).toMatchObject({ status: 403 });
  });

  it('cannot give a service to another client, as nobody can', async () => {
    for (const as of [key, undefined]) {
      const sent = { body: { clientId: theirs.client.id }, ...(as === undefined ? {} : { key: as }) };
      const { status, errors } = await office.refused(`PATCH /v1/services/${ours.service.id}`, sent);
      expect([status, errors[0]?.path]).toEqual([400, 'body.clientId']);
    }
  });
});

describe('a list across clients', () => {
  it('is newest first, each once, whatever the page', async () => {
    const made: string[] = [theirs.service.id, ours.service.id].sort().reverse();
    for (const [place, whose] of [ours, ours, theirs, ours, theirs].entries()) {
      office.pass('PT1M');
      const body = { clientId: whose.client.id, name: `S${place}`, escalationPolicyId: whose.policy.id };
      made.unshift((await office.make('services', body)).id);
    }
    expect(await listed('/v1/services')).toEqual(made);
    const both = await office.keyFor('read', [theirs.client.id, ours.client.id]);
    expect(await listed('/v1/services', both)).toEqual(made);
  });

  it('narrows to one client', async () => {
    expect(await listed(`/v1/integrations?clientId=${theirs.client.id}`)).toEqual([theirs.integration.id]);
    expect(await listed('/v1/integrations?clientId=nobody')).toEqual([]);
  });

  it('gives the clients of a key by name, a page at a time', async () => {
    const names = ['bo', 'Cy', 'ada', 'Dee', 'ed'];
    const made = new Map<string, string>();
    for (const name of names) made.set((await office.make('clients', { name })).id, name);
    const some = await office.keyFor('read', [...made.keys()].slice(1));
    expect((await listed('/v1/clients', some)).map((id) => made.get(id))).toEqual(['ada', 'Cy', 'Dee', 'ed']);
    expect(await office.refused('GET /v1/clients?cursor=abc', { key: some })).toMatchObject({
      ...{ status: 400, errors: [{ path: 'query.cursor' }] },
    });
  });
});
