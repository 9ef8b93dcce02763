import { changed } from '../../domain/aggregate.ts';
import { authorise } from '../../domain/directory/access.ts';
import type { Provider } from '../../domain/directory/provider.ts';
import { reminders, subjectOf } from '../../domain/directory/provider-reminder.ts';
import { providers } from '../../domain/directory/provider-resource.ts';
import type { HistoryEntry } from '../../domain/outbox/history.ts';
import { historyWriter } from '../../domain/outbox/history.ts';
import { find, requireVersion, type StoredView, type Writer } from '../directory/crud.ts';
import { warningsOf } from '../directory/rules.ts';
import { actorBy } from '../engine/actor-by.ts';
import type { Caller } from '../engine/caller.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { promiseWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Page } from '../engine/store-port.ts';

/** Somebody says that all that is known of a provider is right; the next reminder counts from now. */
export const reviewProvider = (
  ports: Ports,
  caller: Writer,
  { id, by }: { id: string; by?: string | undefined },
): Promise<StoredView<Provider>> =>
  commitWithRetry(
    ports,
    async () => {
      const { principal, invocation } = caller;
      const before = await find(ports, providers, { id, principal, role: 'admin' });
      requireVersion(before, caller.ifMatch);
      const actor = await actorBy(ports, caller, by);
      const after = {
        ...changed(before, invocation.now, { reviewedAt: invocation.now }),
        generation: before.generation + 1,
      };
      const history = historyWriter(subjectOf(after), invocation);
      const text = `Reviewed by ${actor.name ?? actor.id}: all details are correct.`;
      history.write({ what: 'reviewed', text, reason: 'reviewed', actor });
      const promised = promiseWrites({ history: history.entries, outbox: reminders(after, invocation) });
      const warnings = await warningsOf(ports, providers, after);
      return { writes: [{ put: after, guard: before.version }, ...promised], result: { ...after, warnings } };
    },
    caller,
  );

/** Reviews and reminders of a provider, oldest first; it belongs to the installation. */
export const listProviderHistory = async (
  ports: Ports,
  { principal }: Caller,
  { id, ...page }: { id: string; limit: number; cursor?: string | undefined },
): Promise<Page<HistoryEntry>> => {
  authorise(principal, 'read', '*');
  await find(ports, providers, { id, principal, role: 'read' });
  return ports.store.list({ of: 'history-entry', subjectId: id }, page);
};
