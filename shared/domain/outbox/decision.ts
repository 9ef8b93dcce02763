import type { Page } from '../corrective/paging/page.ts';
import type { TimelineEntry } from './timeline.ts';
import type { Effect, Timer } from './timer.ts';

/** What is promised with a decision: each becomes an outbox item in the same transaction. */
export type OutboxItem = Page | Timer | Effect;

/**
 * What was decided: the state after it, what the timeline says, what is promised, and the named reason.
 * `state` is the very object that was given when nothing changes.
 */
export interface Decision<State> {
  state: State;
  timeline: TimelineEntry[];
  effects: OutboxItem[];
  reason: string;
}

/** Nothing is done, and this is why. */
export const nothing = <State>(state: State, reason: string): Decision<State> => ({
  state,
  timeline: [],
  effects: [],
  reason,
});
