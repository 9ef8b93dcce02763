import { authorise } from '../../domain/directory/access.ts';
import type { ApiKeyBody, Credential, IntegrationBody } from '../../domain/directory/integration.ts';
import type { RecordOf } from '../../domain/records.ts';
import { Refused } from '../../domain/refused.ts';
import { addressOf, findSource } from '../../sources/index.ts';
import type { Caller } from '../caller.ts';
import { decideAgain } from '../commit.ts';
import { hashKey } from '../credential.ts';
import type { Ports } from '../ports.ts';
import type { Write } from '../store-port.ts';
import { create, draft, find, type Kept, type Writer } from './keep.ts';
import { apiKeys, integrations } from './nouns.ts';
import { remove } from './remove.ts';

/** PagerDuty's routing keys have exactly so many characters, and its clients insist. */
const ROUTING_KEY_LENGTH = 32;

type WithKey<K extends 'integration' | 'api-key'> = Kept<K> & { key: string };

const credential = (key: string, opens: Credential['opens']): Credential => ({
  kind: 'credential',
  keyHash: hashKey(key),
  opens,
});

const opensIntegration = (integration: RecordOf<'integration'>): Credential['opens'] => {
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
): Promise<WithKey<'integration'> & { url: string }> => {
  const service = await ports.store.get({ kind: 'service', id: body.serviceId });
  const key = ports.drawSecret().slice(0, ROUTING_KEY_LENGTH);
  const fields = { ...body, clientId: service?.clientId ?? '', keyHash: hashKey(key) };
  const record = draft(integrations, fields, caller.draw);
  authoriseService(caller, service?.clientId);
  const also: Write[] = [{ put: credential(key, opensIntegration(record)), guard: 'new' }];
  const made = await create(ports, caller, { noun: integrations, record, also });
  return { ...made, key, url: urlFor(ports, body.source, key) };
};

/** Another client's service is one that is not here. */
const authoriseService = ({ principal }: Caller, clientId: string | undefined): void => {
  if (!clientId) throw noSuchService();
  try {
    authorise(principal, 'admin', clientId);
  } catch (error) {
    throw error instanceof Refused && error.code === 'not-found' ? noSuchService() : error;
  }
};

const noSuchService = () =>
  new Refused('invalid', 'The request cannot be taken as it is.', [
    { path: 'body.serviceId', message: 'there is no such service' },
  ]);

/** Gives an integration another key; the old one is dead within a minute. */
export const rollKey = async (
  ports: Ports,
  caller: Writer,
  id: string,
): Promise<WithKey<'integration'> & { url: string }> => {
  const key = ports.drawSecret().slice(0, ROUTING_KEY_LENGTH);
  const rolled = await decideAgain(
    ports,
    async () => {
      const before = await find(ports, integrations, { id, principal: caller.principal, role: 'admin' });
      const record = {
        ...before,
        keyHash: hashKey(key),
        version: before.version + 1,
        updatedAt: caller.draw.now,
      };
      const writes: Write[] = [
        { put: record, guard: before.version },
        { remove: { kind: 'credential', keyHash: before.keyHash } },
        { put: credential(key, opensIntegration(record)), guard: 'new' },
      ];
      return { writes, result: record };
    },
    caller,
  );
  return { ...rolled, warnings: [], key, url: urlFor(ports, rolled.source, key) };
};

/** Removes an integration, and its key with it. */
export const removeIntegration = (ports: Ports, caller: Writer, id: string): Promise<void> =>
  remove(ports, caller, { noun: integrations, id, also: ({ keyHash }) => [withoutKey(keyHash)] });

const withoutKey = (keyHash: string): Write => ({ remove: { kind: 'credential', keyHash } });

/** Makes an API key that can do no more than its maker. The key is in this answer and nowhere else. */
export const createApiKey = async (
  ports: Ports,
  caller: Caller,
  body: ApiKeyBody,
): Promise<WithKey<'api-key'>> => {
  const grants = body.clientIds.flatMap((clientId) => body.scopes.map((role) => ({ clientId, role })));
  await insistOnClients(ports, body.clientIds);
  const key = `fb_${ports.drawSecret()}`;
  const record = draft(apiKeys, { ...body, keyHash: hashKey(key) }, caller.draw);
  const opens = { type: 'api-key' as const, apiKeyId: record.id, grants };
  const also: Write[] = [{ put: credential(key, opens), guard: 'new' }];
  return { ...(await create(ports, caller, { noun: apiKeys, record, also })), key };
};

const insistOnClients = async (ports: Ports, clientIds: string[]): Promise<void> => {
  const refs = clientIds.filter((id) => id !== '*').map((id) => ({ kind: 'client' as const, id }));
  const found = new Set((await ports.store.getMany(refs)).map((client) => client.id));
  const problems = clientIds.flatMap((id, place) =>
    id === '*' || found.has(id)
      ? []
      : [{ path: `body.clientIds[${place}]`, message: 'there is no such client' }],
  );
  if (problems.length > 0) throw new Refused('invalid', 'The request cannot be taken as it is.', problems);
};

/** Revokes an API key: it is dead within a minute. */
export const revokeApiKey = (ports: Ports, caller: Writer, id: string): Promise<void> =>
  remove(ports, caller, { noun: apiKeys, id, also: ({ keyHash }) => [withoutKey(keyHash)] });
