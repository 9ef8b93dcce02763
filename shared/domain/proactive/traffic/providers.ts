import type { Provider } from '../../directory/provider.ts';
import type { Recipient } from '../../outbox/subject.ts';
import type { Instant } from '../../time.ts';
import { factsFor } from './facts.ts';
import { deadlineOf, missingFor, recipientsAt, servicesAt, toldAt } from './notice.ts';
import type { Context, ProviderNotification } from './planner.ts';
import type { ProviderNotice, TrafficEvent } from './traffic-event.ts';

/** Where the notice to one provider stands after a decision, and what the provider is told with it. */
export interface ProviderStanding {
  notice: ProviderNotice;
  previous?: ProviderNotice | undefined;
  notification?: ProviderNotification;
}

const UNTOLD: ProviderNotice['state'][] = ['incomplete', 'unreachable', 'failed'];

/** Nobody at this provider has been told, though somebody should be. */
export const isUntold = ({ state }: ProviderNotice): boolean => UNTOLD.includes(state);

/** Somebody of ours has to do something, or the provider will not know all that it asks for. */
export const isPending = (notice: ProviderNotice): boolean =>
  isUntold(notice) || (notice.missing.length > 0 && notice.state === 'sent');

/** The providers of an event's services, each once. */
export const providersOf = (event: TrafficEvent, { providers, services }: Context): Provider[] =>
  providers.filter(({ id }) => servicesAt(event, services, id).length > 0);

/** Whom to write to: everybody but those whose address failed in this generation. */
export const reachable = (event: TrafficEvent, provider: Provider, { notices }: Context): Recipient[] => {
  const failed = notices.filter(
    ({ generation, state }) => generation === event.generation && state === 'given-up',
  );
  return recipientsAt(provider).filter(
    ({ id, address }) => !failed.some(({ to }) => to.id === id && to.address === address),
  );
};

interface Which {
  event: TrafficEvent;
  provider: Provider;
  previous?: ProviderNotice | undefined;
}

const blank = ({ event, provider, previous }: Which, now: Instant): ProviderNotice => {
  const deadline = deadlineOf(event, provider);
  return {
    providerId: provider.id,
    providerName: provider.name,
    deadline,
    late: deadline < now,
    state: 'incomplete',
    missing: missingFor(event, provider),
    asked: previous?.asked ?? 0,
  };
};

/** Tells a provider that has not been told, as far as all is known that it asks for and somebody can be written to. */
export const announce = (which: Which, context: Context, now: Instant): ProviderStanding => {
  const { event, provider, previous } = which;
  const notice = blank(which, now);
  if (notice.missing.length > 0) return { notice, previous };
  const [first] = reachable(event, provider, context);
  if (!first) {
    const state = recipientsAt(provider).length === 0 ? 'unreachable' : 'failed';
    return { notice: { ...notice, state }, previous };
  }
  const mayHaveHeard = context.notices.some(
    ({ providerId, generation, state }) =>
      providerId === provider.id &&
      generation < event.generation &&
      state !== 'given-up' &&
      state !== 'skipped',
  );
  const { late, asked: turn } = notice;
  return {
    notice: { ...notice, state: 'sent', sentAt: now, asked: turn + 1 },
    previous,
    notification: { occasion: 'announcement', provider, to: [first], turn, late, mayHaveHeard },
  };
};

/** Tells everybody who was told before what has changed, and asks again whether they have noted it. */
const correct = (which: Which & { was: TrafficEvent }, context: Context, now: Instant): ProviderStanding => {
  const { provider, previous, was } = which;
  const notice = blank(which, now);
  const { late, asked: turn } = notice;
  const to = toldAt(context.notices, provider.id);
  return {
    notice: { ...notice, state: 'sent', sentAt: now, asked: turn + 1 },
    previous,
    notification: { occasion: 'change', provider, to, turn, late, was },
  };
};

/** Whether a provider is told the same of both. */
export const isSame = (
  one: TrafficEvent,
  other: TrafficEvent,
  provider: Provider,
  { services }: Context,
): boolean =>
  JSON.stringify(factsFor(one, provider, services)) === JSON.stringify(factsFor(other, provider, services));

/** Where a provider stands once an event has moved: told of what changed for it, told at last, or left alone. */
export const restand = (
  which: Which & { was: TrafficEvent },
  context: Context,
  now: Instant,
): ProviderStanding => {
  const { event, provider, previous, was } = which;
  const told = toldAt(context.notices, provider.id).length > 0;
  const same = isSame(was, event, provider, context);
  const heard = previous !== undefined && (told || previous.state === 'acknowledged');
  if (heard && same && previous.state !== 'withdrawn' && !isUntold(previous))
    return { notice: { ...previous, deadline: deadlineOf(event, provider) }, previous };
  return told ? correct(which, context, now) : announce(which, context, now);
};

/** A provider that an event does not concern any more: whoever was told is told that. */
export const withdraw = (
  { provider, previous }: { provider: Provider | undefined; previous: ProviderNotice },
  { notices }: Context,
): ProviderStanding => {
  if (previous.state === 'withdrawn') return { notice: previous, previous };
  const notice: ProviderNotice = { ...previous, state: 'withdrawn', missing: [] };
  const to = provider ? toldAt(notices, provider.id) : [];
  if (!provider || to.length === 0) return { notice, previous };
  const notification: ProviderNotification = { occasion: 'cancellation', provider, to };
  return { notice, previous, notification };
};

export const withNotice = (event: TrafficEvent, notice: ProviderNotice): TrafficEvent => ({
  ...event,
  notices: event.notices.map((each) => (each.providerId === notice.providerId ? notice : each)),
});
