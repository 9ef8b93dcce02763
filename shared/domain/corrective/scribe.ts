import { type Draw, deriveInOrder } from '../id.ts';
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
export interface Scribe {
  readonly entries: TimelineEntry[];
  write(line: Line): void;
}

const FIREBREAK: Actor = { kind: 'firebreak', id: 'firebreak' };

/** A scribe for one incident. `firstPlace` keeps apart decisions that share a draw. */
export const scribe = (of: { id: string; clientId: string }, draw: Draw, firstPlace = 0): Scribe => {
  const entries: TimelineEntry[] = [];
  return {
    entries,
    write: ({ actor = FIREBREAK, refersTo, ...line }) => {
      entries.push({
        kind: 'timeline-entry',
        incidentId: of.id,
        clientId: of.clientId,
        id: deriveInOrder('tle', draw, firstPlace + entries.length),
        at: draw.now,
        actor,
        ...line,
        ...(refersTo ? { refersTo } : {}),
      });
    },
  };
};
