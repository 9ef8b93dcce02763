import type { Page } from './corrective/page.ts';
import type { TimelineEntry } from './corrective/timeline.ts';
import type { Effect, Timer } from './corrective/timer.ts';

/** What is promised with a decision: each becomes an outbox item in the same transaction. */
export type Promised = Page | Timer | Effect;

/**
 * What was decided: the state after it, what the timeline says, what is promised, and the named reason.
 * `state` is the very object that was given when nothing changes.
 */
export interface Decision<State> {
  state: State;
  timeline: TimelineEntry[];
  effects: Promised[];
  reason: string;
}

/** Nothing is done, and this is why. */
export const nothing = <State>(state: State, reason: string): Decision<State> => ({
  state,
  timeline: [],
  effects: [],
  reason,
});
