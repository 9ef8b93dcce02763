import { changed } from '../../domain/aggregate.ts';
import { authorise } from '../../domain/directory/access.ts';
import { reminders, subjectOf } from '../../domain/directory/provider-reminder.ts';
import { chronicle } from '../../domain/proactive/chronicle.ts';
import type { HistoryEntry } from '../../domain/proactive/notice.ts';
import { actorBy } from '../actor-by.ts';
import type { Caller } from '../caller.ts';
import { decideAgain } from '../commit.ts';
import { find, insistOnVersion, type Kept, type Writer } from '../directory/keep.ts';
import { providers } from '../directory/nouns.ts';
import { promiseWrites } from '../plan-writes.ts';
import type { Ports } from '../ports.ts';
import type { Page } from '../store-port.ts';

/** Somebody says that all that is known of a provider is right; the next reminder counts from now. */
export const reviewProvider = (
  ports: Ports,
  caller: Writer,
  { id, by }: { id: string; by?: string | undefined },
): Promise<Kept<'provider'>> =>
  decideAgain(
    ports,
    async () => {
      const { principal, draw } = caller;
      const before = await find(ports, providers, { id, principal, role: 'admin' });
      insistOnVersion(before, caller.ifMatch);
      const actor = await actorBy(ports, caller, by);
      const after = {
        ...changed(before, draw.now, { reviewedAt: draw.now }),
        generation: before.generation + 1,
      };
      const story = chronicle(subjectOf(after), draw);
      const text = `Reviewed by ${actor.name ?? actor.id}: all of it is right.`;
      story.write({ what: 'reviewed', text, reason: 'reviewed', actor });
      const promised = promiseWrites({ history: story.entries, promises: reminders(after, draw) });
      const warnings = (await providers.warnings?.(ports, after)) ?? [];
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
