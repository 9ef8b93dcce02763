import { digest, type Invocation } from '../../domain/id.ts';
import type { Decision } from '../../domain/outbox/decision.ts';
import type { RecordOf, StoredRecord } from '../../domain/records.ts';
import { Refused } from '../../domain/refused.ts';
import { expiry } from '../../domain/time.ts';
import { assignReplyCodes } from '../paging/assign-reply-codes.ts';
import { invalidate } from './cache.ts';
import type { Caller, Once } from './caller.ts';
import type { Ports } from './ports.ts';
import type { Write } from './store-port.ts';

const MOST_TRIES = 8;
const LONGEST = 2000;
const FIRST_PAUSE = 8;
const KEPT_FOR = 'PT48H';

/** What an attempt wants written, and what its caller gets when it is. */
export interface Attempt<T> {
  writes: Write[];
  result: T;
}

/**
 * Commits what `attempt` decides. Whoever loses the race decides again on what won, with jitter, 8 times and
 * 2 seconds at most. An attempt that writes nothing is an outcome too.
 * @throws Refused `unavailable` when the race was lost every time; what the store or the attempt throws.
 */
export const commitWithRetry = async <T>(
  ports: Ports,
  attempt: () => Promise<Attempt<T>>,
  caller?: Pick<Caller, 'invocation' | 'once'>,
): Promise<T> => {
  let waited = 0;
  for (let tries = 0; tries < MOST_TRIES && waited < LONGEST; tries += 1) {
    const { writes, result } = await attempt();
    const all = caller?.once ? [...writes, kept(caller.once, result, caller.invocation)] : writes;
    if (all.length === 0) return result;
    const outcome = await ports.store.commit(all);
    invalidate(ports, all);
    if (outcome === 'committed') return result;
    waited += await pauseAfter(ports, tries);
  }
  throw new Refused('unavailable', 'Too many changes at once. Try again in a moment.');
};

/** Waits longer after each lost race, and not as long as the others who lost it. Milliseconds. */
const pauseAfter = async (ports: Ports, tries: number): Promise<number> => {
  const spread = Number.parseInt(digest(ports.newId()).slice(-2), 32);
  const pause = FIRST_PAUSE * 2 ** tries * (0.5 + (Number.isNaN(spread) ? 0.5 : spread / 1024));
  await ports.clock.pause(pause);
  return pause;
};

const kept = (once: Once, result: unknown, invocation: Invocation): Write => {
  const { status, body, headers } = once.answer(result);
  const { id, bodyHash } = once;
  const expiresAt = expiry(invocation.now, KEPT_FOR);
  return { put: { kind: 'answer', id, bodyHash, status, body, headers, expiresAt }, guard: 'new' };
};

/**
 * What a decision about an incident writes: the incident one version on, guarded by the version it was decided on
 * (`before` is undefined for a new one); the timeline; and every promise. Texts get their codes here.
 */
export const writesOf = async (
  ports: Ports,
  {
    before,
    decision,
  }: { before: RecordOf<'incident'> | undefined; decision: Decision<RecordOf<'incident'>> },
  invocation: Invocation,
): Promise<{ writes: Write[]; incident: RecordOf<'incident'> }> => {
  const { effects, codes } = await assignReplyCodes(ports, decision.outbox, { isNew: !before, invocation });
  const promised = effects.map(
    (put): Write => ({ put, ...(put.kind === 'page' ? { guard: 'new' as const } : {}) }),
  );
  const told = decision.history.map((put): Write => ({ put }));
  if (before && decision.state === before)
    return { writes: [...told, ...promised, ...codes], incident: before };
  const incident = before
    ? { ...decision.state, version: before.version + 1, updatedAt: invocation.now }
    : decision.state;
  const aggregate: Write = { put: incident, guard: before ? before.version : 'new' };
  return { writes: [aggregate, ...told, ...promised, ...codes], incident };
};

/** A record that must not be there yet. */
export const added = (put: StoredRecord): Write => ({ put, guard: 'new' });
