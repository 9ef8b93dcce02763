import * as z from 'zod';
import { HistoryEntry } from '../domain/outbox/history.ts';
import { listOf } from './list-query.ts';

const { id, at, text, note, reason, actor, refersTo } = HistoryEntry.shape;

/** A history entry as every API shows it: an incident's timeline, and the history of every other subject. */
const EntryView = z.object({
  id,
  at,
  kind: z.string().describe('What happened: `opened`, `acknowledged`, `reminded` …'),
  text,
  note,
  reason,
  actor: z.object(actor.shape),
  refersTo,
});

interface Entries {
  items: HistoryEntry[];
  next: string | null;
}

/** What every route answers with that lists a history. */
export const historyView = {
  response: listOf(EntryView),
  present: ({ items, next }: Entries) => ({
    items: items.map(({ what, ...entry }) => ({ ...entry, kind: what })),
    next,
  }),
};
