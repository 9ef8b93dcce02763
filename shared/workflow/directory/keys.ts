import { changed } from '../../domain/aggregate.ts';
import { authorise, ROLES } from '../../domain/directory/access.ts';
import {
  type ApiKey,
  type ApiKeyBody,
  apiKeys,
  type Credential,
  type Integration,
  type IntegrationBody,
  integrations,
} from '../../domain/directory/integration.ts';
import { invalid } from '../../domain/parse.ts';
import type { Resource } from '../../domain/resource.ts';
import { addressOf, findSource } from '../../sources/index.ts';
import type { Caller } from '../engine/caller.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { forgetCredential, hashKey } from '../engine/credential.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { create, draft, find, requireVersion, type StoredView, type Writer } from './crud.ts';
import { remove } from './remove.ts';

/** PagerDuty's routing keys have exactly so many characters, and its clients insist. */
const ROUTING_KEY_LENGTH = 32;

type WithKey<R> = StoredView<R> & { key: string };

const credential = (key: string, opens: Credential['opens']): Credential => ({
  kind: 'credential',
  keyHash: hashKey(key),
  opens,
});

const opensIntegration = (integration: Integration): Credential['opens'] => {
  const { id: integrationId, clientId, serviceId, source } = integration;
  return { type: 'integration', integrationId, clientId, serviceId, source };
};

/** The address that a monitor of the source sends to. */
const urlFor = (ports: Ports, source: string, key: string): string => {
  const found = findSource(source);
  return found ? addressOf(found.about, ports.settings.publicUrl, key) : '';
};

/** Makes a monitor's way in. The key is in this answer and nowhere else. */
export const createIntegration = async (
  ports: Ports,
  caller: Caller,
  body: IntegrationBody,
): Promise<WithKey<Integration> & { url: string }> => {
  const service = await ports.store.get({ kind: 'service', id: body.serviceId });
  const key = ports.newSecret().slice(0, ROUTING_KEY_LENGTH);
  // Without a service it belongs to nobody, and is refused for naming none.
  const fields = { ...body, clientId: service?.clientId ?? '', keyHash: hashKey(key) };
  const record = draft(integrations, fields, caller.invocation);
  const also: Write[] = [{ put: credential(key, opensIntegration(record)), guard: 'new' }];
  const made = await create(ports, caller, { resource: integrations, record, also });
  return { ...made, key, url: urlFor(ports, body.source, key) };
};

/** Gives an integration another key; the old one is dead within a minute. */
export const rollKey = async (
  ports: Ports,
  caller: Writer,
  id: string,
): Promise<WithKey<Integration> & { url: string }> => {
  const key = ports.newSecret().slice(0, ROUTING_KEY_LENGTH);
  const { replaced, ...rolled } = await commitWithRetry(
    ports,
    async () => {
      const before = await find(ports, integrations, { id, principal: caller.principal, role: 'admin' });
      requireVersion(before, caller.ifMatch);
      const record = changed(before, caller.invocation.now, { keyHash: hashKey(key) });
      const writes: Write[] = [
        { put: record, guard: before.version },
        withoutKey(before.keyHash),
        { put: credential(key, opensIntegration(record)), guard: 'new' },
      ];
      return { writes, result: { ...record, replaced: before.keyHash } };
    },
    caller,
  );
  forgetCredential(ports, replaced);
  return { ...rolled, warnings: [], key, url: urlFor(ports, rolled.source, key) };
};

/** Removes an integration, and its key with it, which is dead within a minute. */
export const removeIntegration = (ports: Ports, caller: Writer, id: string): Promise<void> =>
  removeWithKey(ports, caller, { resource: integrations, id });

/** Revokes an API key: it is dead within a minute. */
export const revokeApiKey = (ports: Ports, caller: Writer, id: string): Promise<void> =>
  removeWithKey(ports, caller, { resource: apiKeys, id });

const removeWithKey = async <R extends Integration | ApiKey>(
  ports: Ports,
  caller: Writer,
  { resource, id }: { resource: Resource<R>; id: string },
): Promise<void> => {
  const also = ({ keyHash }: { keyHash: string }) => [withoutKey(keyHash)];
  const { keyHash } = await remove(ports, caller, { resource, id, also });
  forgetCredential(ports, keyHash);
};

const withoutKey = (keyHash: string): Write => ({ remove: { kind: 'credential', keyHash } });

/** Makes an API key that can do no more than its maker. The key is in this answer and nowhere else. */
export const createApiKey = async (
  ports: Ports,
  caller: Caller,
  body: ApiKeyBody,
): Promise<WithKey<ApiKey>> => {
  authorise(caller.principal, 'admin', '*');
  await requireClients(ports, body.clientIds);
  const key = `fb_${ports.newSecret()}`;
  const record = draft(apiKeys, { ...body, keyHash: hashKey(key) }, caller.invocation);
  const opens = { type: 'api-key' as const, apiKeyId: record.id, grants: grantsOf(body) };
  const also: Write[] = [{ put: credential(key, opens), guard: 'new' }];
  return { ...(await create(ports, caller, { resource: apiKeys, record, also })), key };
};

/** A role includes the lesser ones, so the highest of the scopes says it all. */
const grantsOf = ({ clientIds, scopes }: ApiKeyBody) => {
  const role = ROLES.findLast((candidate) => scopes.includes(candidate)) ?? 'read';
  return [...new Set(clientIds)].map((clientId) => ({ clientId, role }));
};

const requireClients = async (ports: Ports, clientIds: string[]): Promise<void> => {
  const refs = clientIds.filter((id) => id !== '*').map((id) => ({ kind: 'client' as const, id }));
  const found = new Set((await ports.store.getMany(refs)).map((client) => client.id));
  const problems = clientIds.flatMap((id, place) =>
    id === '*' || found.has(id)
      ? []
      : [{ path: `body.clientIds[${place}]`, message: 'must name an existing client' }],
  );
  if (problems.length > 0) throw invalid(problems);
};
