import { deriveInOrder, type Invocation } from '../id.ts';
import type { Actor, EntryKind, TimelineEntry } from './timeline.ts';

interface Line {
  what: EntryKind;
  text: string;
  note?: string;
  reason: string;
  actor?: Actor;
  refersTo?: Record<string, string>;
}

/** Writes the timeline of one decision: entries in order, with ids of the decision's draw. */
export interface IncidentHistory {
  readonly entries: TimelineEntry[];
  write(line: Line): void;
}

const FIREBREAK: Actor = { kind: 'firebreak', id: 'firebreak' };

/** A scribe for one incident. `firstPlace` keeps apart decisions that share a draw. */
export const incidentHistory = (
  of: { id: string; clientId: string },
  invocation: Invocation,
  firstPlace = 0,
): IncidentHistory => {
  const entries: TimelineEntry[] = [];
  return {
    entries,
    write: ({ actor = FIREBREAK, refersTo, ...line }) => {
      entries.push({
        kind: 'timeline-entry',
        incidentId: of.id,
        clientId: of.clientId,
        id: deriveInOrder('tle', invocation, firstPlace + entries.length),
        at: invocation.now,
        actor,
        ...line,
        ...(refersTo ? { refersTo } : {}),
      });
    },
  };
};
