import { createHash } from 'node:crypto';
import type { Credential } from '../../domain/directory/integration.ts';
import { epoch, milliseconds } from '../../domain/time.ts';
import type { Ports } from './ports.ts';
import type { Store } from './store-port.ts';

/** A revoked key dies within this time, in every process that has seen it. */
const KEPT_FOR = milliseconds('PT1M');
const MOST_KEPT = 1000;

interface StoredView {
  credential: Credential;
  until: number;
}
const memories = new WeakMap<Store, Map<string, StoredView>>();

const memoryOf = (store: Store): Map<string, StoredView> => {
  const memory = memories.get(store) ?? new Map<string, StoredView>();
  memories.set(store, memory);
  return memory;
};

/** The SHA-256 of a key in hex: all of a key that is ever stored. */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/**
 * What a key opens, or undefined. What was found is remembered for a minute; what was not found is not, so that a
 * new key works at once and strangers' guesses push nothing out.
 */
export const credentialOf = async (ports: Ports, key: string): Promise<Credential | undefined> => {
  const memory = memoryOf(ports.store);
  const keyHash = hashKey(key);
  const now = epoch(ports.clock.now());
  const kept = memory.get(keyHash);
  if (kept && now < kept.until) return kept.credential;
  memory.delete(keyHash);
  const credential = await ports.store.get({ kind: 'credential', keyHash });
  if (credential) remember(memory, { credential, until: now + KEPT_FOR });
  return credential;
};

/** Makes a revocation hold at once in this process; others follow within the minute. */
export const forgetCredential = (ports: Ports, keyHash: string): void => {
  memoryOf(ports.store).delete(keyHash);
};

const remember = (memory: Map<string, StoredView>, kept: StoredView): void => {
  const [oldest] = memory.keys();
  if (memory.size >= MOST_KEPT && oldest !== undefined) memory.delete(oldest);
  memory.set(kept.credential.keyHash, kept);
};
