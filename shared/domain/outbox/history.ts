import { deriveInOrder, type Invocation } from '../id.ts';
import type { HistoryEntry } from './notice.ts';

interface Line {
  what: string;
  text: string;
  reason: string;
  actor?: HistoryEntry['actor'];
}

/** Writes the history of one decision about a traffic event, a ticket or a provider. */
export interface HistoryWriter {
  readonly entries: HistoryEntry[];
  write(line: Line): void;
}

const FIREBREAK = { kind: 'firebreak', id: 'firebreak' };

/** A chronicle of one subject. */
export const historyWriter = (
  of: { id: string; clientId: string },
  invocation: Invocation,
): HistoryWriter => {
  const entries: HistoryEntry[] = [];
  return {
    entries,
    write: ({ actor = FIREBREAK, ...line }) => {
      const id = deriveInOrder('hst', invocation, entries.length);
      entries.push({
        kind: 'history-entry',
        subjectId: of.id,
        clientId: of.clientId,
        id,
        at: invocation.now,
        actor,
        ...line,
      });
    },
  };
};
