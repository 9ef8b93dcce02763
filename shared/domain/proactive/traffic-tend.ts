import type { Draw } from '../id.ts';
import { oneLine } from '../one-line.ts';
import { after } from '../time.ts';
import type { Plan } from './plan.ts';
import { nothing } from './planner.ts';
import { type Coverage, tellCover } from './traffic-cover.ts';
import type { ProviderNotice, TrafficEvent } from './traffic-event.ts';
import { missingLine, tellNews } from './traffic-news.ts';
import { isOnItsWay, toldAt } from './traffic-notice.ts';
import { type Around, plannerOf } from './traffic-planner.ts';
import {
  announce,
  isPending,
  isUntold,
  providersOf,
  reachable,
  type Standing,
  withNotice,
} from './traffic-providers.ts';
import { armAsking, armReminder } from './traffic-tasks.ts';
import { inZoneAndUtc } from './traffic-times.ts';

/** What a task of an event stands on; who is on call only where that is looked at. */
export interface Tending {
  around: Around;
  draw: Draw;
  coverage?: Coverage[];
}

type Task = (event: TrafficEvent, tending: Tending, of: string) => Plan<TrafficEvent>;

/** A provider that never answers hears at so many addresses, not at all of them. */
const MOST_ASKED = 4;
const FOLLOW_UPS = ['PT2H', 'P2D', 'P3D'];

/** A task whose time has come. What is cancelled, over, or of an older generation is left alone. */
export const tend = (
  event: TrafficEvent,
  { generation, task }: { generation: number; task: string },
  tending: Tending,
): Plan<TrafficEvent> => {
  if (event.generation !== generation) return nothing(event, 'overtaken');
  const [name = '', of = ''] = task.split(':');
  const run = TASKS[name];
  if (!run) return nothing(event, 'unknown-task');
  if (event.status !== 'planned' && !AFTERWARDS.includes(name)) return nothing(event, event.status);
  return run(event, tending, of);
};

/** Tries again whoever could not be told, and reminds the owner of what is still missing. */
const complete: Task = (event, { around, draw }) => {
  if (!event.notices.some(isPending) || event.start <= draw.now) return nothing(event, 'complete');
  const standings = event.notices.map((previous): Standing => {
    const provider = providersOf(event, around).find(({ id }) => id === previous.providerId);
    return provider && isUntold(previous)
      ? announce({ event, provider, previous }, around, draw.now)
      : { notice: previous, previous };
  });
  const state: TrafficEvent = { ...event, notices: standings.map(({ notice }) => notice) };
  const planner = plannerOf(state, around, draw);
  for (const { notice, telling } of standings) {
    if (telling) planner.tellProvider(telling);
    if (telling) armAsking(planner, { event: state, notice, now: draw.now });
  }
  // What is missing or unreached is said below; that it has become too late is news.
  tellNews(
    planner,
    state,
    standings.map(({ previous, ...each }) => ({
      ...each,
      previous: previous && { ...each.notice, late: previous.late, deadline: previous.deadline },
    })),
  );
  const open = state.notices.filter(isPending);
  if (open.length > 0) {
    const lines = open.map((notice) => openLine(event, notice));
    const callProviders = open
      .filter(({ missing }) => missing.length === 0)
      .map(({ providerId }) => providerId);
    const turn = planner.turns('incomplete');
    planner.tellOurs(['owner'], {
      occasion: 'incomplete',
      mark: 'Please complete',
      lines,
      turn,
      callProviders,
    });
    planner.write({ what: 'owner-reminded', text: lines.join(' '), reason: 'incomplete' });
  }
  armReminder(planner, state, draw.now);
  return planner.plan(state, open.length > 0 ? 'reminded' : 'told-at-last');
};

const openLine = ({ timeZone }: TrafficEvent, notice: ProviderNotice): string =>
  notice.missing.length > 0
    ? missingLine(timeZone)({ notice })
    : `${oneLine(notice.providerName)} could not be told: tell them by hand, and record their answer.`;

const noticeOf = (event: TrafficEvent, providerId: string): ProviderNotice | undefined =>
  event.notices.find((notice) => notice.providerId === providerId);

/** Asks again, one contact further each time. */
const askAgain: Task = (event, { around, draw }, providerId) => {
  const before = noticeOf(event, providerId);
  const provider = around.providers.find(({ id }) => id === providerId);
  if (before?.state !== 'sent' || !provider) return nothing(event, 'nothing-to-ask');
  if (event.start <= draw.now) return nothing(event, 'begun-already');
  const notice = { ...before, asked: before.asked + 1 };
  const state = withNotice(event, notice);
  const planner = plannerOf(state, around, draw);
  const to = reachable(event, provider, around).slice(0, Math.min(notice.asked, MOST_ASKED));
  planner.tellProvider({ occasion: 'asked-again', provider, to, turn: before.asked, late: notice.late });
  const names = to.map(({ name }) => oneLine(name)).join(', ');
  planner.write({
    what: 'asked-again',
    text: `${oneLine(provider.name)} has not answered: asked again (${names}).`,
    reason: 'no-answer',
  });
  armAsking(planner, { event: state, notice, now: draw.now });
  return planner.plan(state, 'asked-again');
};

/** The deadline is a day away, or nearer, and the provider has not said that they noted it. */
const deadline: Task = (event, { around, draw }, providerId) => {
  const notice = noticeOf(event, providerId);
  if (!notice || notice.state === 'acknowledged' || notice.state === 'withdrawn')
    return nothing(event, 'nothing-to-tell');
  const planner = plannerOf(event, around, draw);
  const text = `${oneLine(notice.providerName)} has not noted it, and wants to know by ${inZoneAndUtc(notice.deadline, event.timeZone)}.`;
  planner.write({ what: 'deadline-near', text, reason: 'no-answer' });
  planner.tellOurs(['manager'], {
    occasion: `deadline-${providerId}`,
    mark: 'No answer from the provider',
    lines: [text, notice.missing.length > 0 ? missingLine(event.timeZone)({ notice }) : 'Call them.'],
    callProviders: [providerId],
  });
  return planner.plan(event, 'manager-told');
};

const remind =
  (occasion: 'day-before' | 'hour-before', mark: string): Task =>
  (event, { around, draw }) => {
    const planner = plannerOf(event, around, draw);
    const undone = event.preChecks.filter(({ doneAt }) => !doneAt).map(({ label }) => oneLine(label));
    const checks =
      undone.length > 0 ? [`Not ticked off yet: ${undone.join('; ')}.`] : ['Every check is ticked off.'];
    const begins = `It begins ${inZoneAndUtc(event.start, event.timeZone)}.`;
    planner.tellOurs(['owner', 'manager'], { occasion, mark, lines: [begins, ...checks] });
    if (occasion === 'day-before') tellProviders();
    planner.write({ what: occasion, text: `Reminded of it: ${begins}`, reason: 'on-time' });
    return planner.plan(event, 'reminded');

    function tellProviders(): void {
      for (const provider of providersOf(event, around)) {
        const notice = noticeOf(event, provider.id);
        if (notice?.state !== 'acknowledged') continue;
        const told = toldAt(around.notices, provider.id);
        const to = told.filter(({ id }) => id === notice.acknowledgedFrom);
        planner.tellProvider({ occasion: 'day-before', provider, to: to.length > 0 ? to : told.slice(0, 1) });
      }
    }
  };

const cover: Task = (event, { around, draw, coverage = [] }) => {
  const planner = plannerOf(event, around, draw);
  const reason = tellCover(planner, coverage);
  return planner.plan(event, reason);
};

/** The event ends by itself, and how it went is asked for a little later. */
const over: Task = (event, { around, draw }) => {
  const state: TrafficEvent = { ...event, status: 'over', generation: event.generation + 1 };
  const planner = plannerOf(state, around, draw);
  planner.write({ what: 'over', text: 'It is over.', reason: 'on-time' });
  if (!event.outcome) planner.arm('follow-up:0', after(event.end, FOLLOW_UPS[0] ?? 'PT2H'));
  return planner.plan(state, 'over');
};

/** How it went is what the next one is planned by; who knows it is asked three times. */
const followUp: Task = (event, { around, draw }, of) => {
  if (event.outcome) return nothing(event, 'reported-already');
  const turn = Number(of);
  const planner = plannerOf(event, around, draw);
  const lines = [
    'How did it go? The real peak, and what went wrong, help whoever plans the next one.',
    `Record it as the outcome of ${event.id}.`,
  ];
  planner.tellOurs(['owner'], { occasion: 'follow-up', turn, mark: 'How did it go?', lines });
  planner.write({ what: 'follow-up', text: 'The owner is asked how it went.', reason: 'no-outcome' });
  const next = FOLLOW_UPS[turn + 1];
  if (next) planner.arm(`follow-up:${turn + 1}`, after(draw.now, next));
  return planner.plan(event, 'asked');
};

/** Who was being told the old facts at the very moment of a change hears of the change now. */
const landed: Task = (event, { around, draw }) => {
  const planner = plannerOf(event, around, draw);
  const { movedAt = event.createdAt, generation } = event;
  const isNewer = (id: string) =>
    around.notices.some((notice) => notice.to.id === id && notice.generation === generation);
  for (const { providerId, state, sentAt = '' } of event.notices) {
    const provider = around.providers.find(({ id }) => id === providerId);
    if (!provider || (state !== 'withdrawn' && sentAt < movedAt)) continue;
    const late = around.notices.filter(
      (notice) =>
        notice.providerId === providerId &&
        isOnItsWay(notice) &&
        (notice.handedOverAt ?? draw.now) >= movedAt,
    );
    const to = late.map((notice) => notice.to).filter(({ id }) => !isNewer(id));
    if (to.length === 0) continue;
    const occasion = state === 'withdrawn' ? ('cancellation' as const) : ('change' as const);
    planner.tellProvider({ occasion, provider, to });
    planner.write({
      what: 'notice-promised',
      text: `${oneLine(provider.name)} heard of it while it changed, and is told (${occasion}).`,
      reason: 'crossed',
    });
  }
  return planner.plan(event, 'landed');
};

const TASKS: Record<string, Task> = {
  complete,
  'ask-again': askAgain,
  deadline,
  'day-before': remind('day-before', 'Tomorrow'),
  'hour-before': remind('hour-before', 'In an hour'),
  cover,
  over,
  'follow-up': followUp,
  landed,
};

/** Tasks of what is over or cancelled. */
const AFTERWARDS = ['follow-up', 'landed'];
