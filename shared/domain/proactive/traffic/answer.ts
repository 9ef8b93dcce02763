import type { Invocation } from '../../id.ts';
import { oneLine } from '../../one-line.ts';
import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import type { HistoryEntry } from '../../outbox/history.ts';
import { type HistoryWriter, historyWriter } from '../../outbox/history.ts';
import { Refused } from '../../refused.ts';
import type { OutcomeBody, ProviderNotice, TrafficEvent } from './traffic-event.ts';

export interface Acknowledging {
  providerId: string;
  /** Who noted it, by name. */
  by: string;
  answer?: string | undefined;
  /** The recipient whose link it was; absent when it was said by phone. */
  recipientId?: string | undefined;
  actor: HistoryEntry['actor'];
  invocation: Invocation;
}

const requirePlanned = ({ status }: TrafficEvent): void => {
  if (status === 'planned') return;
  const why = status === 'cancelled' ? 'This event was cancelled' : 'This event is over';
  throw new Refused('illegal-move', `${why}, so there is nothing to confirm.`);
};

const written = (state: TrafficEvent, history: HistoryWriter, reason: string): Decision<TrafficEvent> => ({
  state,
  history: history.entries,
  outbox: [],
  reason,
});

/**
 * A provider has noted it. Noting it again is an outcome; what they say with it is kept where it is new.
 * @throws Refused `illegal-move` once it is cancelled or over, `not-found` for a provider that it does not concern.
 */
export const acknowledge = (event: TrafficEvent, answering: Acknowledging): Decision<TrafficEvent> => {
  const { providerId, by, answer, recipientId, actor, invocation } = answering;
  requirePlanned(event);
  const before = event.notices.find((notice) => notice.providerId === providerId);
  if (!before || before.state === 'withdrawn')
    throw new Refused('not-found', 'This event does not affect this provider.');
  const said = answer?.trim() || undefined;
  const known = before.state === 'acknowledged';
  if (known && (said === undefined || said === before.answer)) return nothing(event, 'acknowledged-already');
  const noted = known ? before : notedBy(before, answering);
  const notice: ProviderNotice = { ...noted, ...(said ? { answer: said } : {}) };
  const history = historyWriter(event, invocation);
  const who = `${oneLine(before.providerName)} (${oneLine(by)})`;
  history.write({
    what: 'acknowledged',
    text: `${who} ${known ? 'adds' : 'has confirmed'}${said ? `: ${oneLine(said)}` : '.'}`,
    reason: recipientId ? 'by-link' : 'by-hand',
    actor,
  });
  const notices = event.notices.map((each) => (each === before ? notice : each));
  return written({ ...event, notices }, history, known ? 'answer-added' : 'acknowledged');
};

/** Whoever was told by phone alone was told when they answered. */
const notedBy = (before: ProviderNotice, { by, recipientId, invocation }: Acknowledging): ProviderNotice => ({
  ...before,
  state: 'acknowledged',
  sentAt: before.sentAt ?? invocation.now,
  acknowledgedAt: invocation.now,
  acknowledgedBy: by,
  ...(recipientId ? { acknowledgedFrom: recipientId } : {}),
});

interface Doing {
  by: string;
  actor: HistoryEntry['actor'];
  invocation: Invocation;
}

/** Ticks off a check. @throws Refused `not-found` for a check that it has not, `illegal-move` once it is cancelled. */
export const checkOff = (
  event: TrafficEvent,
  check: string,
  { by, actor, invocation }: Doing,
): Decision<TrafficEvent> => {
  const before = event.preChecks.find(({ id }) => id === check);
  if (!before) throw new Refused('not-found', 'This event has no such check.');
  if (event.status === 'cancelled')
    throw new Refused('illegal-move', 'This event was cancelled, so there is nothing to check.');
  if (before.doneAt) return nothing(event, 'done-already');
  const history = historyWriter(event, invocation);
  history.write({
    what: 'checked-off',
    text: `Ticked off: ${oneLine(before.label)}.`,
    reason: 'done',
    actor,
  });
  const preChecks = event.preChecks.map((each) =>
    each === before ? { ...each, doneAt: invocation.now, doneBy: by } : each,
  );
  return written({ ...event, preChecks }, history, 'done');
};

/** How it went, kept for the next one. It may be told again, better. @throws Refused `illegal-move` before the start. */
export const report = (
  event: TrafficEvent,
  outcome: OutcomeBody,
  { by, actor, invocation }: Doing,
): Decision<TrafficEvent> => {
  if (event.status === 'cancelled')
    throw new Refused('illegal-move', 'This event was cancelled, so it has no outcome to record.');
  if (event.start > invocation.now)
    throw new Refused('illegal-move', 'This event has not started. Record the outcome after the start.');
  const history = historyWriter(event, invocation);
  const text = outcome.problems ? `Outcome: ${oneLine(outcome.problems)}` : 'Outcome: no problems.';
  history.write({ what: 'outcome', text, reason: 'reported', actor });
  return written({ ...event, outcome: { ...outcome, at: invocation.now, by } }, history, 'reported');
};
