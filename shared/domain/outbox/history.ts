import * as z from 'zod';
import { deriveInOrder, type Invocation } from '../id.ts';
import { Instant } from '../time.ts';
import { Actor, FIREBREAK } from './actor.ts';

/** One thing that happened to an incident or another subject, and why. Never changed, never removed. */
export const HistoryEntry = z.looseObject({
  kind: z.literal('history-entry'),
  subjectId: z.string(),
  /** Sorts by time. */
  id: z.string(),
  clientId: z.string(),
  at: Instant,
  /** What happened; `kind` in the API. */
  what: z.string(),
  text: z.string(),
  /** What somebody said with it, in their own words, which end the text. */
  note: z.string().optional(),
  /** The named outcome of the decision that wrote it. */
  reason: z.string(),
  actor: Actor,
  /** Ids of what it is about: `{ pageId, personId, alertId … }`. */
  refersTo: z.record(z.string(), z.string()).optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

interface Line<What extends string> {
  what: What;
  text: string;
  note?: string;
  reason: string;
  actor?: Actor;
  refersTo?: Record<string, string>;
}

/** Writes the history of one decision: entries in order, with ids of the decision's invocation. */
export interface HistoryWriter<What extends string = string> {
  readonly entries: HistoryEntry[];
  write(line: Line<What>): void;
}

/** `firstPlace` keeps apart decisions that share an invocation. */
export const historyWriter = <What extends string = string>(
  of: { id: string; clientId: string },
  invocation: Invocation,
  firstPlace = 0,
): HistoryWriter<What> => {
  const entries: HistoryEntry[] = [];
  const prefix = of.id.startsWith('inc_') ? 'tle' : 'hst';
  return {
    entries,
    write: ({ actor = FIREBREAK, ...line }) =>
      void entries.push({
        kind: 'history-entry',
        subjectId: of.id,
        clientId: of.clientId,
        id: deriveInOrder(prefix, invocation, firstPlace + entries.length),
        at: invocation.now,
        actor,
        ...line,
      }),
  };
};
