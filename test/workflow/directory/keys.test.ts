import { beforeEach, describe, expect, it } from 'vitest';
import { credentialOf } from '../../../shared/workflow/engine/credential.ts';
import { testEngine } from '../../support/engine.ts';
import { furnish, type Office, openOffice, type Shown } from '../../support/office.ts';

const engine = testEngine();
let office: Office;
let there: Awaited<ReturnType<typeof furnish>>;
beforeEach(async () => {
  office = await openOffice(engine);
  there = await furnish(office);
});

const opens = async (key: string) => (await credentialOf(office.ports, key))?.opens;

describe('the key of an integration', () => {
  it('is 32 lower-case letters and digits, shown once, with the address to send to', () => {
    expect(there.integration.key).toMatch(/^[0-9a-z]{32}$/);
    expect(there.integration.url).toBe('https://firebreak.example.com/v2/enqueue');
  });

  it('is part of the address where the source carries it nowhere else', async () => {
    const { key, url } = await office.make('integrations', {
      ...{ serviceId: there.service.id, source: 'alertmanager', name: 'Metrics' },
    });
    expect(url).toBe(`https://firebreak.example.com/v1/alerts/alertmanager/${key}`);
  });

  it('opens its integration, for the client of its service', async () => {
    expect(await opens(there.integration.key)).toEqual({
      ...{ type: 'integration', integrationId: there.integration.id, clientId: there.client.id },
      ...{ serviceId: there.service.id, source: 'pagerduty' },
    });
    expect(there.integration.clientId).toBe(there.client.id);
  });

  it('is never the same twice, and nowhere in the store', async () => {
    const body = { serviceId: there.service.id, source: 'pagerduty', name: 'Probe' };
    const { id, key } = await office.make('integrations', body);
    expect(key).not.toBe(there.integration.key);
    const kept = await office.ports.store.get({ kind: 'integration', id });
    expect(JSON.stringify(kept)).not.toContain(key);
  });

  it('is rolled: the new one works and the old one does not', async () => {
    const { id, key: old } = there.integration;
    expect(await opens(old)).toBeDefined();
    const { status, body } = await office.ask<Shown & { key: string; url: string }>(
      `POST /v1/integrations/${id}/key`,
    );
    expect([status, body.version, body.url]).toEqual([200, 2, there.integration.url]);
    expect(await opens(old)).toBeUndefined();
    expect(await opens(body.key)).toMatchObject({ integrationId: id });
  });

  it('is rolled in the version that was seen, or not at all', async () => {
    const headers = { 'if-match': '"7"' };
    const line = `POST /v1/integrations/${there.integration.id}/key`;
    expect(await office.refused(line, { headers })).toMatchObject({ status: 412, code: 'stale' });
    expect(await opens(there.integration.key)).toBeDefined();
  });

  it('dies with its integration', async () => {
    expect(await opens(there.integration.key)).toBeDefined();
    await office.ask(`DELETE /v1/integrations/${there.integration.id}`);
    expect(await opens(there.integration.key)).toBeUndefined();
  });

  it('stays with its service and its source', async () => {
    const other = await office.make('services', {
      ...{ clientId: there.client.id, name: 'Blog', escalationPolicyId: there.policy.id },
    });
    const line = `PATCH /v1/integrations/${there.integration.id}`;
    const { errors } = await office.refused(line, { body: { serviceId: other.id, source: 'generic' } });
    expect(errors.map(({ path }) => path)).toEqual(['body.serviceId', 'body.source']);
    const same = { serviceId: there.service.id, name: 'Prober' };
    expect(await office.ask(line, { body: same })).toMatchObject({ status: 200, body: { name: 'Prober' } });
  });

  it('opens nothing of the API', async () => {
    const { key } = there.integration;
    expect(await office.refused('GET /v1/clients', { key })).toMatchObject({ status: 403 });
  });
});

describe('an API key', () => {
  it('does what its highest scope says, where it says', async () => {
    const { key } = await office.make('api-keys', {
      ...{ name: 'Two', scopes: ['read', 'write'], clientIds: [there.client.id, there.client.id] },
    });
    expect(key).toMatch(/^fb_[0-9A-Za-z]{43,}$/);
    expect(await opens(key)).toMatchObject({ grants: [{ clientId: there.client.id, role: 'write' }] });
  });

  it('is for clients that are there', async () => {
    const body = { name: 'K', scopes: ['read'], clientIds: [there.client.id, 'cli_1', '*', ''] };
    const { status, errors } = await office.refused('POST /v1/api-keys', { body });
    expect([status, errors]).toEqual([
      400,
      [
        { path: 'body.clientIds[1]', message: 'must name an existing client' },
        { path: 'body.clientIds[3]', message: 'must name an existing client' },
      ],
    ]);
  });

  it('is not made by whoever holds less, and they learn of no client', async () => {
    const key = await office.keyFor('admin', [there.client.id]);
    for (const clientIds of [['*'], [there.client.id], ['cli_1']]) {
      const body = { name: 'More', scopes: ['admin'], clientIds };
      expect(await office.refused('POST /v1/api-keys', { key, body })).toMatchObject({
        status: 403,
        errors: [],
      });
    }
  });

  it('is dead once it is revoked', async () => {
    const { id, key } = await office.make('api-keys', { name: 'Old', scopes: ['read'] });
    expect(await office.ask('GET /v1/clients', { key })).toMatchObject({ status: 200 });
    expect(await office.ask(`DELETE /v1/api-keys/${id}`)).toMatchObject({ status: 204 });
    expect(await office.refused('GET /v1/clients', { key })).toMatchObject({ status: 401 });
  });

  it('keeps its scopes for life', async () => {
    const { id } = await office.make('api-keys', { name: 'Reader', scopes: ['read'] });
    const { errors } = await office.refused(`PATCH /v1/api-keys/${id}`, { body: { scopes: ['admin'] } });
    expect(errors.map(({ path }) => path)).toEqual(['body.scopes']);
  });
});
