import type { Page } from '../corrective/paging/page.ts';
import type { HistoryEntry } from './history.ts';
import type { Notice } from './notice.ts';
import type { Effect, Timer } from './timer.ts';

/** What is done after the commit: each is an item of the outbox, written in the same transaction. */
export type OutboxItem = Page | Notice | Timer | Effect;

/**
 * What was decided about an incident or another subject: the state after it, what its history says, what is to be done,
 * and the named reason. `state` is the very object that was given when nothing changes.
 */
export interface Decision<State> {
  state: State;
  history: HistoryEntry[];
  outbox: OutboxItem[];
  reason: string;
}

/** Nothing is done, and this is why. */
export const nothing = <State>(state: State, reason: string): Decision<State> => ({
  state,
  history: [],
  outbox: [],
  reason,
});
