import type { Invocation } from '../../id.ts';
import { oneLine } from '../../one-line.ts';
import type { Decision } from '../../outbox/decision.ts';
import { nothing } from '../../outbox/decision.ts';
import { after } from '../../time.ts';
import { type Coverage, reportCover } from './cover.ts';
import { missingLine, notifyNews } from './news.ts';
import { isOnItsWay, toldAt } from './notice.ts';
import { type Context, plannerOf } from './planner.ts';
import {
  announce,
  isPending,
  isUntold,
  type ProviderStanding,
  providersOf,
  reachable,
  withNotice,
} from './providers.ts';
import { armAsking, armReminder } from './timers.ts';
import { inZoneAndUtc } from './times.ts';
import type { ProviderNotice, TrafficEvent } from './traffic-event.ts';

/** What a task of an event stands on; who is on call only where that is looked at. */
export interface TaskContext {
  context: Context;
  invocation: Invocation;
  coverage?: Coverage[];
}

type Task = (event: TrafficEvent, taskContext: TaskContext, of: string) => Decision<TrafficEvent>;

/** A provider that never answers hears at so many addresses, not at all of them. */
const MOST_ASKED = 4;
const FOLLOW_UPS = ['PT2H', 'P2D', 'P3D'];

/** A task whose time has come. What is cancelled, over, or of an older generation is left alone. */
export const runTask = (
  event: TrafficEvent,
  { generation, task }: { generation: number; task: string },
  taskContext: TaskContext,
): Decision<TrafficEvent> => {
  if (event.generation !== generation) return nothing(event, 'overtaken');
  const [name = '', of = ''] = task.split(':');
  const run = TASKS[name];
  if (!run) return nothing(event, 'unknown-task');
  if (event.status !== 'planned' && !AFTERWARDS.includes(name)) return nothing(event, event.status);
  return run(event, taskContext, of);
};

/** Tries again whoever could not be notified, and reminds the owner of what is still missing. */
const complete: Task = (event, { context, invocation }) => {
  if (!event.notices.some(isPending) || event.start <= invocation.now) return nothing(event, 'complete');
  const standings = event.notices.map((previous): ProviderStanding => {
    const provider = providersOf(event, context).find(({ id }) => id === previous.providerId);
    return provider && isUntold(previous)
      ? announce({ event, provider, previous }, context, invocation.now)
      : { notice: previous, previous };
  });
  const state: TrafficEvent = { ...event, notices: standings.map(({ notice }) => notice) };
  const planner = plannerOf(state, context, invocation);
  for (const { notice, notification } of standings) {
    if (notification) planner.notifyProvider(notification);
    if (notification) armAsking(planner, { event: state, notice, now: invocation.now });
  }
  // What is missing or unreached is said below; that it has become too late is news.
  notifyNews(
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
    planner.notifyOurs(['owner'], {
      occasion: 'incomplete',
      mark: 'Please complete',
      lines,
      turn,
      callProviders,
    });
    planner.write({ what: 'owner-reminded', text: lines.join(' '), reason: 'incomplete' });
  }
  armReminder(planner, state, invocation.now);
  return planner.plan(state, open.length > 0 ? 'reminded' : 'told-at-last');
};

const openLine = ({ timeZone }: TrafficEvent, notice: ProviderNotice): string =>
  notice.missing.length > 0
    ? missingLine(timeZone)({ notice })
    : `${oneLine(notice.providerName)} could not be notified: contact them yourself and record their answer.`;

const noticeOf = (event: TrafficEvent, providerId: string): ProviderNotice | undefined =>
  event.notices.find((notice) => notice.providerId === providerId);

/** Asks again, one contact further each time. */
const askAgain: Task = (event, { context, invocation }, providerId) => {
  const before = noticeOf(event, providerId);
  const provider = context.providers.find(({ id }) => id === providerId);
  if (before?.state !== 'sent' || !provider) return nothing(event, 'nothing-to-ask');
  if (event.start <= invocation.now) return nothing(event, 'begun-already');
  const notice = { ...before, asked: before.asked + 1 };
  const state = withNotice(event, notice);
  const planner = plannerOf(state, context, invocation);
  const to = reachable(event, provider, context).slice(0, Math.min(notice.asked, MOST_ASKED));
  planner.notifyProvider({ occasion: 'asked-again', provider, to, turn: before.asked, late: notice.late });
  const names = to.map(({ name }) => oneLine(name)).join(', ');
  planner.write({
    what: 'asked-again',
    text: `${oneLine(provider.name)} has not answered: asked again (${names}).`,
    reason: 'no-answer',
  });
  armAsking(planner, { event: state, notice, now: invocation.now });
  return planner.plan(state, 'asked-again');
};

/** The deadline is a day away, or nearer, and the provider has not said that they noted it. */
const deadline: Task = (event, { context, invocation }, providerId) => {
  const notice = noticeOf(event, providerId);
  if (!notice || notice.state === 'acknowledged' || notice.state === 'withdrawn')
    return nothing(event, 'nothing-to-tell');
  const planner = plannerOf(event, context, invocation);
  const text = `${oneLine(notice.providerName)} has not confirmed. Their deadline is ${inZoneAndUtc(notice.deadline, event.timeZone)}.`;
  planner.write({ what: 'deadline-near', text, reason: 'no-answer' });
  planner.notifyOurs(['manager'], {
    occasion: `deadline-${providerId}`,
    mark: 'No answer from the provider',
    lines: [text, notice.missing.length > 0 ? missingLine(event.timeZone)({ notice }) : 'Call them.'],
    callProviders: [providerId],
  });
  return planner.plan(event, 'manager-told');
};

const remind =
  (occasion: 'day-before' | 'hour-before', mark: string): Task =>
  (event, { context, invocation }) => {
    const planner = plannerOf(event, context, invocation);
    const undone = event.preChecks.filter(({ doneAt }) => !doneAt).map(({ label }) => oneLine(label));
    const checks = undone.length > 0 ? [`Open checks: ${undone.join('; ')}.`] : ['All checks are done.'];
    const begins = `The event starts ${inZoneAndUtc(event.start, event.timeZone)}.`;
    planner.notifyOurs(['owner', 'manager'], { occasion, mark, lines: [begins, ...checks] });
    if (occasion === 'day-before') tellProviders();
    planner.write({ what: occasion, text: `Reminder: ${begins}`, reason: 'on-time' });
    return planner.plan(event, 'reminded');

    function tellProviders(): void {
      for (const provider of providersOf(event, context)) {
        const notice = noticeOf(event, provider.id);
        if (notice?.state !== 'acknowledged') continue;
        const told = toldAt(context.notices, provider.id);
        const to = told.filter(({ id }) => id === notice.acknowledgedFrom);
        planner.notifyProvider({
          occasion: 'day-before',
          provider,
          to: to.length > 0 ? to : told.slice(0, 1),
        });
      }
    }
  };

const cover: Task = (event, { context, invocation, coverage = [] }) => {
  const planner = plannerOf(event, context, invocation);
  const reason = reportCover(planner, coverage);
  return planner.plan(event, reason);
};

/** The event ends by itself, and how it went is asked for a little later. */
const over: Task = (event, { context, invocation }) => {
  const state: TrafficEvent = { ...event, status: 'over', generation: event.generation + 1 };
  const planner = plannerOf(state, context, invocation);
  planner.write({ what: 'over', text: 'The event is over.', reason: 'on-time' });
  if (!event.outcome) planner.arm('follow-up:0', after(event.end, FOLLOW_UPS[0] ?? 'PT2H'));
  return planner.plan(state, 'over');
};

/** How it went is what the next one is planned by; who knows it is asked three times. */
const followUp: Task = (event, { context, invocation }, of) => {
  if (event.outcome) return nothing(event, 'reported-already');
  const turn = Number(of);
  const planner = plannerOf(event, context, invocation);
  const lines = [
    'How did it go? The real peak and any problems help to plan the next event.',
    `Record the outcome of ${event.id}.`,
  ];
  planner.notifyOurs(['owner'], { occasion: 'follow-up', turn, mark: 'How did it go?', lines });
  planner.write({ what: 'follow-up', text: 'The owner is asked for the outcome.', reason: 'no-outcome' });
  const next = FOLLOW_UPS[turn + 1];
  if (next) planner.arm(`follow-up:${turn + 1}`, after(invocation.now, next));
  return planner.plan(event, 'asked');
};

/** Who was being told the old facts at the very moment of a change hears of the change now. */
const landed: Task = (event, { context, invocation }) => {
  const planner = plannerOf(event, context, invocation);
  const { movedAt = event.createdAt, generation } = event;
  const isNewer = (id: string) =>
    context.notices.some((notice) => notice.to.id === id && notice.generation === generation);
  for (const { providerId, state, sentAt = '' } of event.notices) {
    const provider = context.providers.find(({ id }) => id === providerId);
    if (!provider || (state !== 'withdrawn' && sentAt < movedAt)) continue;
    const late = context.notices.filter(
      (notice) =>
        notice.providerId === providerId &&
        isOnItsWay(notice) &&
        (notice.handedOverAt ?? invocation.now) >= movedAt,
    );
    const to = late.map((notice) => notice.to).filter(({ id }) => !isNewer(id));
    if (to.length === 0) continue;
    const occasion = state === 'withdrawn' ? ('cancellation' as const) : ('change' as const);
    planner.notifyProvider({ occasion, provider, to });
    planner.write({
      what: 'notice-promised',
      text: `${oneLine(provider.name)} was notified while the event changed, and receives an update (${occasion}).`,
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
