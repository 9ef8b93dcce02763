import { type Draw, deriveInOrder } from '../id.ts';
import type { HistoryEntry } from './notice.ts';

interface Line {
  what: string;
  text: string;
  reason: string;
  actor?: HistoryEntry['actor'];
}

/** Writes the history of one decision about a traffic event, a ticket or a provider. */
export interface Chronicle {
  readonly entries: HistoryEntry[];
  write(line: Line): void;
}

const FIREBREAK = { kind: 'firebreak', id: 'firebreak' };

/** A chronicle of one subject. */
export const chronicle = (of: { id: string; clientId: string }, draw: Draw): Chronicle => {
  const entries: HistoryEntry[] = [];
  return {
    entries,
    write: ({ actor = FIREBREAK, ...line }) => {
      const id = deriveInOrder('hst', draw, entries.length);
      entries.push({
        kind: 'history-entry',
        subjectId: of.id,
        clientId: of.clientId,
        id,
        at: draw.now,
        actor,
        ...line,
      });
    },
  };
};
