import { createHash } from 'node:crypto';
import type { Principal } from '../domain/directory/access.ts';
import { Refused } from '../domain/refused.ts';
import type { Once } from '../workflow/engine/caller.ts';
import type { Ports } from '../workflow/engine/ports.ts';
import { type HttpReply, jsonReply } from './http-event.ts';
import type { Route } from './route.ts';

interface Asked {
  principal: Principal;
  route: Route;
  /** The path as it was sent. */
  path: string;
  key: string;
  /** The body as it was sent, parsed. */
  sent: unknown;
}

/** What names a request that is to be done once, and what its body was. */
export const onceOf = ({ principal, route, path, key, sent }: Asked): Omit<Once, 'answer'> => ({
  id: hash([principal.id, route.method, route.path, path, key]),
  bodyHash: hash(canonical(sent)),
});

/**
 * The answer that was kept for this request, if it was answered before. It is given for as long as it is there,
 * which is 48 hours or somewhat longer: the table removes what has expired in its own time.
 * @throws Refused `key-reused` when the key came with another body.
 */
export const keptAnswer = async (
  ports: Ports,
  once: Pick<Once, 'id' | 'bodyHash'>,
): Promise<HttpReply | undefined> => {
  const kept = await ports.store.get({ kind: 'answer', id: once.id });
  if (!kept) return undefined;
  if (kept.bodyHash !== once.bodyHash)
    throw new Refused(
      'key-reused',
      'This Idempotency-Key was used with another body. Use a new key for a new request.',
    );
  const headers = { ...kept.headers, 'idempotency-replayed': 'true' };
  return kept.body === undefined || kept.body === null
    ? { statusCode: kept.status, headers, body: '' }
    : jsonReply(kept.status, kept.body, headers);
};

/** The same value with the keys of every object in order, so that two spellings of one body are one. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, canonical(member)]));
};

const hash = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value ?? null))
    .digest('hex');
