import { randomBytes } from 'node:crypto';
import { ulid } from '../../shared/domain/id.ts';
import { after, epoch, type Instant } from '../../shared/domain/time.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Write } from '../../shared/workflow/engine/store-port.ts';

/** These ports at another time: a clock that is set by hand, for business that is over. */
export interface Past {
  ports: Ports;
  at(moment: Instant): void;
}

/** So that what was done in one go is still in order. */
const EVERY_STEP = 'PT1S';

/**
 * Lets the real workflows tell a story that is long over. Their notices are kept as sent, so that the demo writes to
 * nobody today, and nothing of what they would have waited for is armed: all of it has happened by the story's end.
 */
export const past = (ports: Ports, start: Instant): Past => {
  let now = start;
  const commit: Ports['store']['commit'] = (writes) => ports.store.commit(writes.flatMap(asItWas));
  return {
    ports: {
      ...ports,
      clock: { ...ports.clock, now: () => now },
      newId: () => {
        now = after(now, EVERY_STEP);
        return ulid(epoch(now), randomBytes(10));
      },
      store: { ...ports.store, commit },
    },
    at: (moment) => {
      now = moment;
    },
  };
};

const asItWas = (write: Write): Write[] => {
  if (!('put' in write)) return [write];
  const { put } = write;
  if (put.kind === 'timer') return [];
  if (put.kind !== 'notice') return [write];
  const { dueAt: _, ...kept } = put;
  return [{ ...write, put: { ...kept, state: 'handed-over', attempts: 1, handedOverAt: put.promisedAt } }];
};
