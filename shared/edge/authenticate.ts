import { timingSafeEqual } from 'node:crypto';
import { type Principal, ROLES, type Role } from '../domain/directory/access.ts';
import { Refused } from '../domain/refused.ts';
import { epoch } from '../domain/time.ts';
import { credentialOf, hashKey } from '../workflow/engine/credential.ts';
import type { Ports } from '../workflow/engine/ports.ts';
import type { Store } from '../workflow/engine/store-port.ts';

/** Sixteen requests a second for as long as one likes: more than a person's tools need, less than a storm. */
const REQUESTS_A_MINUTE = 960;
const MOST_COUNTED = 10_000;
const MINUTE = 60_000;

/** Whoever the installation's own key speaks for: it is there before anybody could make another. */
const installation: Principal = {
  id: 'key_installation',
  kind: 'api-key',
  grants: [{ clientId: '*', role: 'admin' }],
};

/**
 * Who asks, by the API key in the header `Authorization`.
 * @throws Refused `unauthenticated` without a key that is known; `forbidden` with the key of an integration;
 * `too-many` over 960 requests a minute with one key.
 */
export const authenticate = async (ports: Ports, authorization: string | undefined): Promise<Principal> => {
  const principal = await principalOf(ports, keyIn(authorization));
  countRequest(ports, principal);
  return principal;
};

/** Refuses a principal that holds the role nowhere; whether it reaches the thing itself is for the workflow. */
export const demand = (principal: Principal, role: Role): void => {
  const enough = ROLES.slice(ROLES.indexOf(role));
  if (principal.grants.some((grant) => enough.includes(grant.role))) return;
  throw new Refused('forbidden', `This needs a key with the scope "${role}".`);
};

const keyIn = (authorization: string | undefined): string => {
  if (authorization === undefined)
    throw new Refused('unauthenticated', 'Send an API key: Authorization: Bearer <key>.');
  const [, key] = /^Bearer +([\x21-\x7e]{8,512})$/i.exec(authorization.trim()) ?? [];
  if (key === undefined)
    throw new Refused('unauthenticated', 'The header must read: Authorization: Bearer <key>.');
  return key;
};

const principalOf = async (ports: Ports, key: string): Promise<Principal> => {
  const credential = await credentialOf(ports, key);
  if (credential?.opens.type === 'integration')
    throw new Refused('forbidden', 'An API key is required: an integration key can only send alerts.');
  if (credential) return { id: credential.opens.apiKeyId, kind: 'api-key', grants: credential.opens.grants };
  if (isSame(hashKey(key), await ports.secrets.adminKeyHash())) return installation;
  throw new Refused('unauthenticated', 'This key is unknown or was revoked. Ask an administrator for one.');
};

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

interface Counted {
  minute: number;
  requests: number;
}
const counts = new WeakMap<Store, Map<string, Counted>>();

/** Counted in this process alone, so the limit is what one process takes: a brake, not an account. */
const countRequest = (ports: Ports, { id }: Principal): void => {
  const counted = counts.get(ports.store) ?? new Map<string, Counted>();
  counts.set(ports.store, counted);
  const minute = Math.floor(epoch(ports.clock.now()) / MINUTE);
  const before = counted.get(id);
  const requests = before?.minute === minute ? before.requests + 1 : 1;
  if (counted.size >= MOST_COUNTED) counted.clear();
  counted.set(id, { minute, requests });
  if (requests > REQUESTS_A_MINUTE)
    throw new Refused(
      'too-many',
      `This key sent over ${REQUESTS_A_MINUTE} requests in a minute. Wait a minute.`,
    );
};
