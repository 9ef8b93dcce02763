import type { Page } from '../../domain/corrective/paging/page.ts';
import type { Notice } from '../../domain/outbox/notice.ts';
import type { Ports } from './ports.ts';
import type { Write } from './store-port.ts';

/** The message to decide on: the first time as it is known, and read again each time a commit was lost to others. */
export const reloadOnConflict = <M extends Page | Notice>(ports: Ports, message: M): (() => Promise<M>) => {
  let known: M | undefined = message;
  return async () => {
    const current = known ?? ((await ports.store.get(message)) as M | undefined);
    known = undefined;
    if (!current) throw new Error(`The message ${message.id} is missing.`);
    return current;
  };
};

/** Writes a message over just what it was decided on. One that an older version claimed has nothing to tell that by. */
export const change = <M extends Page | Notice>(before: M, after: M): Write => ({
  put: { ...after, version: (before.version ?? 0) + 1 },
  ...(before.version === undefined ? {} : { guard: before.version }),
});
