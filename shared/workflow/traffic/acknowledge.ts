import type { Invocation } from '../../domain/id.ts';
import type { Notice } from '../../domain/outbox/notice.ts';
import { acknowledge } from '../../domain/proactive/traffic/answer.ts';
import { isOnItsWay } from '../../domain/proactive/traffic/notice.ts';
import type { ProviderNotice, TrafficEvent } from '../../domain/proactive/traffic/traffic-event.ts';
import { Refused } from '../../domain/refused.ts';
import { commitWithRetry } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import { change } from '../engine/reload-on-conflict.ts';
import type { Write } from '../engine/store-port.ts';
import { eventOf, guarded, noticesOf } from './context.ts';

/** Which link it is: to what, and whose. */
export interface Link {
  subjectId: string;
  recipientId: string;
}

interface Found {
  event: TrafficEvent;
  notice: ProviderNotice;
  /** What this recipient was sent, the latest last. */
  sent: Notice[];
}

const missing = () => new Refused('not-found', 'This link does not work.');

const find = async (ports: Ports, { subjectId, recipientId }: Link): Promise<Found> => {
  const [event, all] = await Promise.all([eventOf(ports, subjectId), noticesOf(ports, subjectId)]);
  const sent = all
    .filter(({ to }) => to.id === recipientId && !to.ours)
    .toSorted((one, other) => (one.promisedAt < other.promisedAt ? -1 : 1));
  const notice = event.notices.find(({ providerId }) => providerId === sent[0]?.providerId);
  if (!notice) throw missing();
  return { event, notice, sent };
};

/** What a recipient's link shows. @throws Refused `not-found` for whoever was never written to. */
export const viewNotice = async (
  ports: Ports,
  link: Link,
): Promise<{ event: TrafficEvent; notice: ProviderNotice; recipientName: string }> => {
  const { event, notice, sent } = await find(ports, link);
  return { event, notice, recipientName: sent.at(-1)?.to.name ?? '' };
};

/**
 * A recipient taps that they have noted it; doing so again is an outcome.
 * @throws Refused `not-found`; `illegal-move` once it is cancelled or over.
 */
export const acknowledgeNotice = (
  ports: Ports,
  link: Link,
  { name, answer }: { name?: string; answer?: string },
  invocation: Invocation,
): Promise<{ reason: string; event: TrafficEvent; notice: ProviderNotice }> =>
  commitWithRetry(ports, async () => {
    const { event, notice, sent } = await find(ports, link);
    const { recipientId } = link;
    const by = name?.trim() || sent.at(-1)?.to.name || 'the provider';
    const actor = { kind: 'provider' as const, id: recipientId, name: by };
    const { providerId } = notice;
    const plan = acknowledge(event, { providerId, by, answer, recipientId, actor, invocation });
    const { writes, state } = guarded(event, plan, invocation);
    const now = state.notices.find((each) => each.providerId === providerId) ?? notice;
    const proof = plan.state === event ? [] : provenBy(sent, { by, answer, invocation });
    return { writes: [...writes, ...proof], result: { reason: plan.reason, event: state, notice: now } };
  });

/** The answer, on the very message that it answers: what was sent last. */
const provenBy = (
  sent: Notice[],
  { by, answer, invocation }: { by: string; answer: string | undefined; invocation: Invocation },
): Write[] => {
  const last = sent.findLast(isOnItsWay);
  if (!last || last.state === 'claimed') return [];
  const said = answer?.trim() ? { answer: answer.trim() } : {};
  const first = last.acknowledgedAt ? {} : { acknowledgedAt: invocation.now, acknowledgedBy: by };
  return [change(last, { ...last, ...first, ...said })];
};
