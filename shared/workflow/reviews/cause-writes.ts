import { causeAfter, causesIn, findingsOf, type Turn } from '../../domain/preventive/finding/cause.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import type { Instant } from '../../domain/time.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';

interface At {
  review: Review;
  now: Instant;
}

/**
 * What becomes of the causes that a finding was and is. One that no finding is any more goes, unless it was seen in an
 * incident or something is to be done against it. Each is guarded: who takes it back and who finds it do not miss one
 * another.
 */
export const causeWrites = async (ports: Ports, turn: Turn, at: At): Promise<Write[]> => {
  const writes = await Promise.all(causesIn(turn).map((id) => writesOf(ports, id, { turn, at })));
  return writes.flat();
};

const writesOf = async (ports: Ports, id: string, { turn, at }: { turn: Turn; at: At }): Promise<Write[]> => {
  const known = await ports.store.get({ kind: 'cause', id });
  const cause = causeAfter(id, turn, { ...at, known });
  if (!cause || cause === known) return [];
  if (known && findingsOf(cause) === 0 && !(await isNamed(ports, id)))
    return [{ remove: known, guard: known.version }];
  return [{ put: cause, guard: known?.version ?? 'new' }];
};

const isNamed = async ({ store }: Ports, causeId: string): Promise<boolean> => {
  const [seen, actions] = await Promise.all([
    store.list({ of: 'cause-sighting', causeId }, { limit: 1 }),
    store.list({ of: 'cause-action', causeId }, { limit: 1 }),
  ]);
  return seen.items.length + actions.items.length > 0;
};
