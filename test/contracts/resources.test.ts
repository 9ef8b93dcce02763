import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';

/** A resource that exists in this test only: its declaration, and its line in the registry. */
vi.mock('../../shared/domain/resources.ts', async (original) => {
  const actual = await original<typeof import('../../shared/domain/resources.ts')>();
  const { aggregate, Name } = await import('../../shared/domain/aggregate.ts');
  const { reference } = await import('../../shared/domain/resource.ts');
  const fields = { clientId: z.string(), name: Name, floor: z.number().int().default(0) };
  Object.assign(actual.RESOURCES, {
    room: {
      kind: 'room',
      prefix: 'rom',
      path: 'server-rooms',
      called: 'server room',
      api: 'directory',
      owner: 'client',
      record: z.looseObject({ ...aggregate('room'), ...fields, door: z.string().optional() }),
      body: z.strictObject(fields),
      fixed: ['clientId'],
      shown: Object.keys(fields),
      references: ({ clientId }: { clientId: string }) => [reference('client', clientId, 'body.clientId')],
      warnings: ({ floor }: { floor: number }) => (floor < 0 ? ['Cellars are flooded.'] : []),
      example: { clientId: 'cli_1', name: 'Room 1', floor: 2 },
    },
  });
  return actual;
});

const { allResources, isResourceKind } = await import('../../shared/domain/resources.ts');
const { routeKeys } = await import('../../infra/resources.ts');
const { allRoutes } = await import('../../functions/routes.ts');
const { testEngine } = await import('../support/engine.ts');
const { openOffice } = await import('../support/office.ts');

const engine = testEngine();
let office: Awaited<ReturnType<typeof openOffice>>;
beforeEach(async () => {
  office = await openOffice(engine);
});

describe('a resource that is only declared and registered', () => {
  it('is made, shown, listed, changed and removed', async () => {
    const client = await office.make('clients', { name: 'Acme' });
    const body = { clientId: client.id, name: 'Cellar', floor: -1 };
    const room = await office.make('server-rooms', body);
    expect(room).toMatchObject({ ...body, version: 1, warnings: ['Cellars are flooded.'] });
    expect(room.id).toMatch(/^rom_/);
    const at = `/v1/server-rooms/${room.id}`;
    expect((await office.ask(`GET ${at}`)).body).toEqual(room);
    const changed = await office.ask(`PATCH ${at}`, { body: { floor: 1 } });
    expect(changed.body).toMatchObject({ floor: 1, version: 2, warnings: [] });
    const { items } = (await office.ask(`GET /v1/server-rooms?clientId=${client.id}`)).body;
    expect(items).toMatchObject([{ id: room.id, floor: 1 }]);
    expect(await office.ask(`DELETE ${at}`)).toMatchObject({ status: 204 });
    expect(await office.ask(`GET ${at}`)).toMatchObject({ status: 404 });
  });

  it('holds what it refers to, and keeps what is fixed', async () => {
    const client = await office.make('clients', { name: 'Acme' });
    const room = await office.make('server-rooms', { clientId: client.id, name: 'Cellar' });
    const used = await office.refused(`DELETE /v1/clients/${client.id}`);
    expect(used).toMatchObject({ code: 'in-use', errors: [{ path: `/v1/server-rooms/${room.id}` }] });
    const moved = await office.refused(`PATCH /v1/server-rooms/${room.id}`, { body: { clientId: 'cli_2' } });
    expect(moved.errors).toMatchObject([{ path: 'body.clientId' }]);
    const nowhere = await office.refused('POST /v1/server-rooms', {
      body: { clientId: 'cli_2', name: 'No' },
    });
    expect(nowhere.errors).toEqual([{ path: 'body.clientId', message: 'must name an existing client' }]);
  });

  it('is not there for those who may not see its client', async () => {
    const client = await office.make('clients', { name: 'Acme' });
    const room = await office.make('server-rooms', { clientId: client.id, name: 'Cellar' });
    const key = await office.keyFor('admin', [(await office.make('clients', { name: 'Other' })).id]);
    const [hidden, absent] = [
      await office.refused(`GET /v1/server-rooms/${room.id}`, { key }),
      await office.refused('GET /v1/server-rooms/rom_1', { key }),
    ];
    expect(hidden).toMatchObject({ status: 404, code: 'not-found', detail: absent.detail });
    const { items } = (await office.ask('GET /v1/server-rooms', { key })).body;
    expect(items).toEqual([]);
  });

  it('has its way through the gateway and its part of the description', async () => {
    expect(routeKeys()).toContainEqual(
      expect.objectContaining({ key: 'ANY /v1/server-rooms/{proxy+}', name: 'directory-api' }),
    );
    const routes = (await allRoutes()).filter(({ path }) => path.startsWith('/v1/server-rooms'));
    expect(routes.map(({ method }) => method).sort()).toEqual(['DELETE', 'GET', 'GET', 'PATCH', 'POST']);
  });
});

describe.each(allResources().map((resource) => [resource.kind, resource] as const))(
  '%s',
  (kind, resource) => {
    it('has an example that is a record, shows fields that it has, and refers to resources', () => {
      const at = '2026-03-01T12:00:00.000Z';
      const record = resource.record.parse({
        ...resource.example,
        ...{ kind, id: `${resource.prefix}_1`, version: 1, createdAt: at, updatedAt: at },
      });
      expect(resource.shown.filter((field) => !(field in resource.record.shape))).toEqual([]);
      const references = resource.references?.(record) ?? [];
      expect(references.filter((reference) => !isResourceKind(reference.kind))).toEqual([]);
    });

    it('has a prefix and a path of its own', () => {
      expect(resource.prefix).toMatch(/^[a-z]{3}$/);
      const others = allResources().filter((other) => other !== resource);
      expect(others.map(({ prefix }) => prefix)).not.toContain(resource.prefix);
      expect(others.map(({ path }) => path)).not.toContain(resource.path);
    });
  },
);
