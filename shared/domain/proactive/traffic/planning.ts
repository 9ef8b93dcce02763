import type { Invocation } from '../../id.ts';
import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import type { HistoryEntry } from '../../outbox/history.ts';
import { epoch, instant, milliseconds } from '../../time.ts';
import { notifyNews } from './news.ts';
import { type Context, type Planner, plannerOf } from './planner.ts';
import {
  announce,
  isPending,
  isSame,
  isUntold,
  type ProviderStanding,
  providersOf,
  restand,
  withdraw,
} from './providers.ts';
import { armAsking, armEvent, armProvider, armReminder } from './timers.ts';
import type { TrafficEvent } from './traffic-event.ts';

/** Who did it, and on what it stands. */
export interface Deciding {
  context: Context;
  invocation: Invocation;
  actor: HistoryEntry['actor'];
}

/** What was in the air when an event moved has landed by then, or never will. */
const LANDED_AFTER = milliseconds('PT2M');

const byProvider = (standings: ProviderStanding[]): TrafficEvent['notices'] =>
  standings.map(({ notice }) => notice);

/** What a decision about the providers says and arms. */
const reconcile = (
  planner: Planner,
  {
    event,
    was,
    standings,
    invocation,
  }: { event: TrafficEvent; was?: TrafficEvent; standings: ProviderStanding[]; invocation: Invocation },
): void => {
  const { now } = invocation;
  const isNew = was?.generation !== event.generation;
  const isPlanned = event.status === 'planned';
  for (const { notice, previous, notification } of standings) {
    if (notification) planner.notifyProvider(notification);
    if (isPlanned && isNew) armProvider(planner, { event, notice, was: previous, now });
    else if (isPlanned && notification) armAsking(planner, { event, notice, now });
  }
  notifyNews(planner, event, standings);
  const armed = !isNew && was?.notices.some(isPending);
  if (isPlanned && !armed) armReminder(planner, event, now);
};

/** A new event: every provider is told at once of whom all is known that it asks for. */
export const plan = (
  draft: TrafficEvent,
  { context, invocation, actor }: Deciding,
): Decision<TrafficEvent> => {
  const standings = providersOf(draft, context).map((provider) =>
    announce({ event: draft, provider }, context, invocation.now),
  );
  const event: TrafficEvent = { ...draft, notices: byProvider(standings) };
  const planner = plannerOf(event, context, invocation);
  planner.write({ what: 'planned', text: `Planned: ${event.name}.`, reason: 'planned', actor });
  reconcile(planner, { event, standings, invocation });
  armEvent(planner, { event, was: undefined, now: invocation.now });
  return planner.plan(event, 'planned');
};

/** Whether anything differs that a provider is told, who is told, or when timers go off. */
const hasMoved = (was: TrafficEvent, event: TrafficEvent, context: Context): boolean => {
  const concerned = providersOf(event, context);
  const told = was.notices.filter(({ state }) => state !== 'withdrawn').map(({ providerId }) => providerId);
  return (
    was.start !== event.start ||
    was.end !== event.end ||
    concerned.length !== told.length ||
    concerned.some((provider) => !told.includes(provider.id) || !isSame(was, event, provider, context))
  );
};

/** An event as somebody changed it. What providers are told moves its generation on; the rest is only noted. */
export const change = (
  was: TrafficEvent,
  changed: TrafficEvent,
  deciding: Deciding,
): Decision<TrafficEvent> =>
  hasMoved(was, changed, deciding.context) ? move(was, changed, deciding) : amend(was, changed, deciding);

const move = (
  was: TrafficEvent,
  changed: TrafficEvent,
  { context, invocation, actor }: Deciding,
): Decision<TrafficEvent> => {
  const next = { ...changed, generation: was.generation + 1, movedAt: invocation.now };
  const concerned = providersOf(next, context);
  const previous = (id: string) => was.notices.find(({ providerId }) => providerId === id);
  const standings = [
    ...concerned.map((provider) =>
      restand({ event: next, provider, previous: previous(provider.id), was }, context, invocation.now),
    ),
    ...leftBehind(
      was,
      concerned.map(({ id }) => id),
      context,
    ),
  ];
  const event: TrafficEvent = { ...next, notices: byProvider(standings) };
  const planner = plannerOf(event, context, invocation);
  planner.write({ what: 'moved', text: movedText(was, event), reason: 'changed', actor });
  reconcile(planner, { event, was, standings, invocation });
  armEvent(planner, { event, was, now: invocation.now });
  armLanding(planner, invocation);
  return planner.plan(event, 'moved');
};

const leftBehind = ({ notices }: TrafficEvent, concerned: string[], context: Context): ProviderStanding[] =>
  notices
    .filter(({ providerId }) => !concerned.includes(providerId))
    .map((previous) =>
      withdraw(
        { previous, provider: context.providers.find(({ id }) => id === previous.providerId) },
        context,
      ),
    );

const movedText = (was: TrafficEvent, event: TrafficEvent): string =>
  was.start === event.start && was.end === event.end
    ? 'Details for providers have changed.'
    : `Moved from ${was.startsAt} to ${was.endsAt}, to ${event.startsAt} to ${event.endsAt} (${event.timeZone}).`;

const armLanding = (planner: Planner, { now }: Invocation): void =>
  planner.arm('landed', instant(epoch(now) + LANDED_AFTER));

/** Changes nothing that anybody was told; whoever could not be notified before is tried again. */
const amend = (
  was: TrafficEvent,
  changed: TrafficEvent,
  { context, invocation, actor }: Deciding,
): Decision<TrafficEvent> => {
  const standings = was.notices.map((previous): ProviderStanding => {
    const provider = providersOf(changed, context).find(({ id }) => id === previous.providerId);
    if (!provider || !isUntold(previous)) return { notice: previous, previous };
    return announce({ event: changed, provider, previous }, context, invocation.now);
  });
  const event: TrafficEvent = { ...changed, notices: byProvider(standings) };
  const planner = plannerOf(event, context, invocation);
  planner.write({
    what: 'changed',
    text: 'Changed; details for providers stay the same.',
    reason: 'changed',
    actor,
  });
  reconcile(planner, { event, was, standings, invocation });
  return planner.plan(event, 'changed');
};

/** Everybody who was told of it is told that it does not come. */
export const cancel = (
  was: TrafficEvent,
  { context, invocation, actor, why }: Deciding & { why?: string | undefined },
): Decision<TrafficEvent> => {
  if (was.status === 'cancelled') return nothing(was, 'cancelled-already');
  const standings = leftBehind(was, [], context);
  const event: TrafficEvent = {
    ...was,
    status: 'cancelled',
    generation: was.generation + 1,
    movedAt: invocation.now,
    notices: byProvider(standings),
  };
  const planner = plannerOf(event, context, invocation);
  planner.write({
    what: 'cancelled',
    text: why ? `Cancelled: ${why}` : 'Cancelled.',
    reason: 'cancelled',
    actor,
  });
  reconcile(planner, { event, was, standings, invocation });
  armLanding(planner, invocation);
  return planner.plan(event, 'cancelled');
};
