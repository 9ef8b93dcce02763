import type { Invocation } from '../../id.ts';
import { oneLine } from '../../one-line.ts';
import { type Decision, nothing } from '../../outbox/decision.ts';
import type { Notice } from '../../outbox/notice.ts';
import { recipientOf, turnOf } from '../../outbox/subject.ts';
import type { ProviderOccasion } from './messages.ts';
import { notifyNews } from './news.ts';
import { isOnItsWay } from './notice.ts';
import { type Context, firstOccasion, plannerOf } from './planner.ts';
import { isPending, reachable, withNotice } from './providers.ts';
import { armReminder } from './timers.ts';
import type { ProviderNotice, TrafficEvent } from './traffic-event.ts';

interface Failing {
  /** As it is now: given up. `around` knows it so too. */
  notice: Notice;
  context: Context;
  invocation: Invocation;
}

/** A notice did not arrive, or came back: the next who should know is told at once, and nobody twice. */
export const fail = (event: TrafficEvent, failing: Failing): Decision<TrafficEvent> => {
  if (failing.notice.to.ours) return failOurs(event, failing);
  const { providerId } = failing.notice;
  const before = event.notices.find((notice) => notice.providerId === providerId);
  return before ? failProvider(event, before, failing) : nothing(event, 'unknown-provider');
};

/** One of ours was not reached: another one is, and the fallback contact in the end. */
const failOurs = (event: TrafficEvent, { notice, context, invocation }: Failing): Decision<TrafficEvent> => {
  if (notice.generation !== event.generation) return nothing(event, 'overtaken');
  const had = context.notices.filter((each) => isSameTelling(each, notice)).map(({ to }) => to.id);
  const others = [context.manager, context.owner].flatMap((person) => (person && recipientOf(person)) ?? []);
  const to = [...others, ...(context.fallback ? [context.fallback] : [])].find(({ id }) => !had.includes(id));
  const planner = plannerOf(event, context, invocation);
  const words = `${oneLine(notice.to.name)} could not be notified (${notice.occasion})`;
  if (to) planner.pass(notice, to);
  planner.write({
    what: 'not-told',
    text: to ? `${words}: sent to ${oneLine(to.name)} instead.` : `${words}, and no other contact is left.`,
    reason: to ? 'passed-on' : 'nobody-left',
  });
  return planner.plan(event, to ? 'passed-on' : 'nobody-left');
};

/** Whether two notices told different people of ours the same. */
const isSameTelling = (one: Notice, other: Notice): boolean =>
  one.generation === other.generation &&
  turnOf(one) === turnOf(other) &&
  firstOccasion(one) === firstOccasion(other);

const failProvider = (
  event: TrafficEvent,
  before: ProviderNotice,
  failing: Failing,
): Decision<TrafficEvent> => {
  const { notice, context } = failing;
  const wanted =
    before.state === 'sent' || (before.state === 'withdrawn' && notice.occasion === 'cancellation');
  const provider = context.providers.find(({ id }) => id === before.providerId);
  if (!wanted || !provider) return nothing(event, 'nothing-to-do');
  const own = context.notices.filter((each) => each.providerId === provider.id);
  const next = reachable(event, provider, context).find(
    ({ id }) => !own.some((each) => each.to.id === id && each.generation === event.generation),
  );
  if (next) return tellNext(event, { before, provider, next }, failing);
  const alive = own.some(
    (each) => isOnItsWay(each) || (isWaiting(each) && each.generation === event.generation),
  );
  return alive ? nothing(event, 'others-may-answer') : giveUp(event, before, failing);
};

const isWaiting = ({ state }: Notice): boolean => state === 'promised' || state === 'failed';

const tellNext = (
  event: TrafficEvent,
  {
    before,
    provider,
    next,
  }: { before: ProviderNotice; provider: Context['providers'][number]; next: Notice['to'] },
  { notice, context, invocation }: Failing,
): Decision<TrafficEvent> => {
  const state = withNotice(event, { ...before, asked: before.asked + 1 });
  const planner = plannerOf(state, context, invocation);
  const occasion = notice.occasion as ProviderOccasion;
  planner.notifyProvider({ occasion, provider, to: [next], turn: before.asked, late: before.late });
  planner.write({
    what: 'notice-promised',
    text: `${oneLine(notice.to.name)} was not reached. Notifying ${oneLine(provider.name)} through ${oneLine(next.name)}.`,
    reason: 'next-contact',
  });
  return planner.plan(state, 'next-contact');
};

/** Of a cancellation that nobody heard, ours are told; the event itself needs no answer any more. */
const giveUp = (
  event: TrafficEvent,
  before: ProviderNotice,
  { context, invocation }: Failing,
): Decision<TrafficEvent> => {
  const notice: ProviderNotice = { ...before, state: 'failed' };
  const state = before.state === 'withdrawn' ? event : withNotice(event, notice);
  const planner = plannerOf(state, context, invocation);
  notifyNews(planner, state, [{ notice, previous: before }]);
  if (state !== event && !event.notices.some(isPending)) armReminder(planner, state, invocation.now);
  return planner.plan(state, 'nobody-left');
};
