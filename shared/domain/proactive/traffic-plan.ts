import type { Draw } from '../id.ts';
import { epoch, instant, milliseconds } from '../time.ts';
import type { HistoryEntry } from './notice.ts';
import type { Plan } from './plan.ts';
import { nothing } from './planner.ts';
import type { TrafficEvent } from './traffic-event.ts';
import { tellNews } from './traffic-news.ts';
import { type Around, type Planner, plannerOf } from './traffic-planner.ts';
import {
  announce,
  isPending,
  isSame,
  isUntold,
  providersOf,
  restand,
  type Standing,
  withdraw,
} from './traffic-providers.ts';
import { armAsking, armEvent, armProvider, armReminder } from './traffic-tasks.ts';

/** Who did it, and on what it stands. */
export interface Deciding {
  around: Around;
  draw: Draw;
  actor: HistoryEntry['actor'];
}

/** What was in the air when an event moved has landed by then, or never will. */
const LANDED_AFTER = milliseconds('PT2M');

const byProvider = (standings: Standing[]): TrafficEvent['notices'] => standings.map(({ notice }) => notice);

/** What a decision about the providers says and arms. */
const settle = (
  planner: Planner,
  {
    event,
    was,
    standings,
    draw,
  }: { event: TrafficEvent; was?: TrafficEvent; standings: Standing[]; draw: Draw },
): void => {
  const { now } = draw;
  const isNew = was?.generation !== event.generation;
  const isPlanned = event.status === 'planned';
  for (const { notice, previous, telling } of standings) {
    if (telling) planner.tellProvider(telling);
    if (isPlanned && isNew) armProvider(planner, { event, notice, was: previous, now });
    else if (isPlanned && telling) armAsking(planner, { event, notice, now });
  }
  tellNews(planner, event, standings);
  const armed = !isNew && was?.notices.some(isPending);
  if (isPlanned && !armed) armReminder(planner, event, now);
};

/** A new event: every provider is told at once of whom all is known that it asks for. */
export const plan = (draft: TrafficEvent, { around, draw, actor }: Deciding): Plan<TrafficEvent> => {
  const standings = providersOf(draft, around).map((provider) =>
    announce({ event: draft, provider }, around, draw.now),
  );
  const event: TrafficEvent = { ...draft, notices: byProvider(standings) };
  const planner = plannerOf(event, around, draw);
  planner.write({ what: 'planned', text: `Planned: ${event.name}.`, reason: 'planned', actor });
  settle(planner, { event, standings, draw });
  armEvent(planner, { event, was: undefined, now: draw.now });
  return planner.plan(event, 'planned');
};

/** Whether anything differs that a provider is told, who is told, or when timers go off. */
const hasMoved = (was: TrafficEvent, event: TrafficEvent, around: Around): boolean => {
  const concerned = providersOf(event, around);
  const told = was.notices.filter(({ state }) => state !== 'withdrawn').map(({ providerId }) => providerId);
  return (
    was.start !== event.start ||
    was.end !== event.end ||
    concerned.length !== told.length ||
    concerned.some((provider) => !told.includes(provider.id) || !isSame(was, event, provider, around))
  );
};

/** An event as somebody changed it. What providers are told moves its generation on; the rest is only noted. */
export const change = (was: TrafficEvent, changed: TrafficEvent, deciding: Deciding): Plan<TrafficEvent> =>
  hasMoved(was, changed, deciding.around) ? move(was, changed, deciding) : amend(was, changed, deciding);

const move = (
  was: TrafficEvent,
  changed: TrafficEvent,
  { around, draw, actor }: Deciding,
): Plan<TrafficEvent> => {
  const next = { ...changed, generation: was.generation + 1, movedAt: draw.now };
  const concerned = providersOf(next, around);
  const previous = (id: string) => was.notices.find(({ providerId }) => providerId === id);
  const standings = [
    ...concerned.map((provider) =>
      restand({ event: next, provider, previous: previous(provider.id), was }, around, draw.now),
    ),
    ...leftBehind(
      was,
      concerned.map(({ id }) => id),
      around,
    ),
  ];
  const event: TrafficEvent = { ...next, notices: byProvider(standings) };
  const planner = plannerOf(event, around, draw);
  planner.write({ what: 'moved', text: movedText(was, event), reason: 'changed', actor });
  settle(planner, { event, was, standings, draw });
  armEvent(planner, { event, was, now: draw.now });
  armLanding(planner, draw);
  return planner.plan(event, 'moved');
};

const leftBehind = ({ notices }: TrafficEvent, concerned: string[], around: Around): Standing[] =>
  notices
    .filter(({ providerId }) => !concerned.includes(providerId))
    .map((previous) =>
      withdraw({ previous, provider: around.providers.find(({ id }) => id === previous.providerId) }, around),
    );

const movedText = (was: TrafficEvent, event: TrafficEvent): string =>
  was.start === event.start && was.end === event.end
    ? 'What providers are told has changed.'
    : `Moved from ${was.startsAt} to ${was.endsAt}, to ${event.startsAt} to ${event.endsAt} (${event.timeZone}).`;

const armLanding = (planner: Planner, { now }: Draw): void =>
  planner.arm('landed', instant(epoch(now) + LANDED_AFTER));

/** Changes nothing that anybody was told; whoever could not be told before is tried again. */
const amend = (
  was: TrafficEvent,
  changed: TrafficEvent,
  { around, draw, actor }: Deciding,
): Plan<TrafficEvent> => {
  const standings = was.notices.map((previous): Standing => {
    const provider = providersOf(changed, around).find(({ id }) => id === previous.providerId);
    if (!provider || !isUntold(previous)) return { notice: previous, previous };
    return announce({ event: changed, provider, previous }, around, draw.now);
  });
  const event: TrafficEvent = { ...changed, notices: byProvider(standings) };
  const planner = plannerOf(event, around, draw);
  planner.write({
    what: 'changed',
    text: 'Changed, in nothing that providers are told.',
    reason: 'changed',
    actor,
  });
  settle(planner, { event, was, standings, draw });
  return planner.plan(event, 'changed');
};

/** Everybody who was told of it is told that it does not come. */
export const cancel = (
  was: TrafficEvent,
  { around, draw, actor, why }: Deciding & { why?: string | undefined },
): Plan<TrafficEvent> => {
  if (was.status === 'cancelled') return nothing(was, 'cancelled-already');
  const standings = leftBehind(was, [], around);
  const event: TrafficEvent = {
    ...was,
    status: 'cancelled',
    generation: was.generation + 1,
    movedAt: draw.now,
    notices: byProvider(standings),
  };
  const planner = plannerOf(event, around, draw);
  planner.write({
    what: 'cancelled',
    text: why ? `Cancelled: ${why}` : 'Cancelled.',
    reason: 'cancelled',
    actor,
  });
  settle(planner, { event, was, standings, draw });
  armLanding(planner, draw);
  return planner.plan(event, 'cancelled');
};
