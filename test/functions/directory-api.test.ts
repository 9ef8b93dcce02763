import { beforeEach, describe, expect, it } from 'vitest';
import { testEngine } from '../support/engine.ts';
import { ada, furnish, type Office, openOffice, type Shown, stepTo } from '../support/office.ts';

const engine = testEngine();
let office: Office;
let there: Awaited<ReturnType<typeof furnish>>;
beforeEach(async () => {
  office = await openOffice(engine);
  there = await furnish(office);
});

const ABSENT = 'per_00000000000000000000000000';
const ETAG = { 1: '"1"', 2: '"2"' };

/** A body for each noun, a change of it, and what it then shows beside what every noun shows. */
const NOUNS: Record<string, { body: () => object; patch: object; shows: () => object }> = {
  clients: {
    body: () => ({ name: 'Acme' }),
    patch: { name: 'Acme Ltd' },
    shows: () => ({ name: 'Acme Ltd' }),
  },
  services: {
    body: () => ({ clientId: there.client.id, name: 'Blog', escalationPolicyId: there.policy.id }),
    patch: { reopenWindow: 'PT1H' },
    shows: () => ({ clientId: there.client.id, name: 'Blog', groupingWindow: 'PT0S', reopenWindow: 'PT1H' }),
  },
  people: {
    body: () => ada,
    patch: { timeZone: 'Asia/Tokyo', contactMethods: null },
    shows: () => ({ ...ada, timeZone: 'Asia/Tokyo', contactMethods: [], notificationRules: [] }),
  },
  integrations: {
    body: () => ({ serviceId: there.service.id, source: 'generic', name: 'Cron' }),
    patch: { name: 'Cron jobs' },
    shows: () => ({
      clientId: there.client.id,
      serviceId: there.service.id,
      source: 'generic',
      name: 'Cron jobs',
    }),
  },
  'api-keys': {
    body: () => ({ name: 'Terraform', scopes: ['admin'] }),
    patch: { name: 'Pipeline' },
    shows: () => ({ name: 'Pipeline', scopes: ['admin'], clientIds: ['*'] }),
  },
  schedules: {
    body: () => ({
      ...{ name: 'Week', timeZone: 'UTC', startsAt: '2026-01-05T09:00', personIds: [there.person.id] },
    }),
    patch: { name: 'Weeks' },
    shows: () => ({
      name: 'Weeks',
      timeZone: 'UTC',
      startsAt: '2026-01-05T09:00',
      personIds: [there.person.id],
    }),
  },
  'escalation-policies': {
    body: () => ({ name: 'Night', steps: [stepTo(['person', there.person.id])] }),
    patch: { repeats: 2 },
    shows: () => ({ name: 'Night', steps: [stepTo(['person', there.person.id])], repeats: 2 }),
  },
};

describe.each(Object.entries(NOUNS))('%s', (resource, { body, patch, shows }) => {
  it('is made, shown, changed, listed and removed', async () => {
    const made = await office.ask(`POST /v1/${resource}`, { body: body() });
    const { id } = made.body;
    const at = `/v1/${resource}/${id}`;
    expect(made).toMatchObject({ status: 201, headers: { location: at, etag: ETAG[1] } });
    expect(made.body).toMatchObject({ ...body(), version: 1, createdAt: made.body.updatedAt });

    office.pass('PT1M');
    const changed = await office.ask(`PATCH ${at}`, { body: patch, headers: { 'if-match': ETAG[1] } });
    expect(changed).toMatchObject({ status: 200, headers: { etag: ETAG[2] } });
    expect(changed.body).toMatchObject({ id, version: 2, ...shows(), createdAt: made.body.createdAt });
    expect(changed.body.updatedAt).not.toBe(made.body.updatedAt);
    expect(await office.ask(`GET ${at}`)).toMatchObject({ status: 200, body: changed.body });

    const { body: page } = await office.ask<{ items: Shown[] }>(`GET /v1/${resource}?limit=100`);
    expect(page.items.filter((item) => item.id === id)).toMatchObject([shows()]);

    expect(await office.ask(`DELETE ${at}`)).toMatchObject({ status: 204, body: null });
    expect(await office.refused(`GET ${at}`)).toMatchObject({ status: 404, code: 'not-found' });
    expect(await office.refused(`DELETE ${at}`)).toMatchObject({ status: 404 });
  });

  it('keeps no trace of a change whose version is stale', async () => {
    const { id, version } = await office.make(resource, body());
    const before = await office.ask(`GET /v1/${resource}/${id}`);
    const headers = { 'if-match': `"${version + 1}"` };
    for (const line of [`PATCH /v1/${resource}/${id}`, `DELETE /v1/${resource}/${id}`])
      expect(await office.refused(line, { body: patch, headers })).toMatchObject({
        status: 412,
        code: 'stale',
      });
    expect(await office.ask(`GET /v1/${resource}/${id}`)).toEqual(before);
  });

  it('shows no hash of a key, and nothing of the store', async () => {
    const { id } = await office.make(resource, body());
    const { body: shown } = await office.ask<object>(`GET /v1/${resource}/${id}`);
    for (const field of ['keyHash', 'key', 'kind', 'pk', 'v', 'removing'])
      expect(shown).not.toHaveProperty(field);
  });

  it('is made once for one Idempotency-Key, and its secrets are not kept', async () => {
    const headers = { 'idempotency-key': 'once' };
    const first = await office.ask(`POST /v1/${resource}`, { body: body(), headers });
    const again = await office.ask(`POST /v1/${resource}`, { body: body(), headers });
    expect(again.status).toBe(201);
    expect(again.headers.location).toBe(first.headers.location);
    const { key: _key, url: _url, ...rest } = first.body;
    expect(again.body).toEqual(rest);
    const other = { ...body(), name: 'Another' };
    expect(await office.refused(`POST /v1/${resource}`, { body: other, headers })).toMatchObject({
      ...{ status: 422, code: 'key-reused' },
    });
  });

  it.each(['read', 'write'] as const)('is not changed with a key that may only %s', async (role) => {
    const { id } = await office.make(resource, body());
    const key = await office.keyFor(role);
    expect(await office.ask(`GET /v1/${resource}/${id}`, { key })).toMatchObject({ status: 200 });
    for (const line of [
      `POST /v1/${resource}`,
      `PATCH /v1/${resource}/${id}`,
      `DELETE /v1/${resource}/${id}`,
    ])
      expect(await office.refused(line, { key, body: body() })).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
  });

  it('names every field at fault, of a new one and of a change, and changes nothing', async () => {
    const { id } = await office.make(resource, body());
    const before = await office.ask(`GET /v1/${resource}/${id}`);
    const wrong = { name: '', colour: 'red', mood: 'sour' };
    const paths = ['body.name', 'body.colour', 'body.mood'];
    for (const line of [`POST /v1/${resource}`, `PATCH /v1/${resource}/${id}`]) {
      const { status, errors } = await office.refused(line, { body: { ...body(), ...wrong } });
      expect(status).toBe(400);
      expect(errors.map(({ path }) => path)).toEqual(expect.arrayContaining(paths));
    }
    expect(await office.ask(`GET /v1/${resource}/${id}`)).toEqual(before);
  });
});

describe('a list', () => {
  it('goes through everything by name, whatever the page', async () => {
    const names = ['bo', 'Ada', 'cy', 'Dee', 'ada'];
    for (const name of names) await office.make('clients', { name });
    const seen: unknown[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const query: string = `limit=2${next && `&cursor=${next}`}`;
      const { body } = await office.ask<{ items: Shown[]; next: string | null }>(`GET /v1/clients?${query}`);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map(({ name }) => name));
      next = body.next;
    }
    expect(seen.map((name) => String(name).toLowerCase())).toEqual([
      'ada',
      'ada',
      'bo',
      'cy',
      'dee',
      'harbour books',
    ]);
  });

  it.each(['limit=0', 'limit=101', 'limit=many', 'cursor=stranger', 'colour=red'])(
    'refuses ?%s',
    async (query) => {
      const { status, errors } = await office.refused(`GET /v1/clients?${query}`);
      expect([status, errors[0]?.path]).toEqual([400, `query.${query.split('=')[0]}`]);
    },
  );
});

describe('an address that nobody has', () => {
  it.each(['', 'x'.repeat(3000), '%00', ABSENT, '__proto__', '*'])(
    'such as %j is not found or not taken',
    async (id) => {
      for (const resource of Object.keys(NOUNS)) {
        const { status } = await office.refused(`GET /v1/${resource}/${id || '%20'}`);
        expect([400, 404]).toContain(status);
      }
    },
  );
});
