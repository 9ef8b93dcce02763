import type { Instant } from '../../time.ts';
import type { Planner } from './planner.ts';
import { isPending } from './providers.ts';
import { ahead, askAgainAt, nextReminder } from './times.ts';
import type { ProviderNotice, TrafficEvent } from './traffic-event.ts';

/** What comes to pass around every event, and how long before its start. */
const AHEAD = { 'day-before': 'P1D', 'hour-before': 'PT1H' } as const;
const COVER_AHEAD = 'PT4H';
const DEADLINE_NEARS = 'P1D';

/** Arms all that does not hang on a provider; of what has passed, only who is on call is still looked at. */
export const armEvent = (
  planner: Planner,
  { event, was, now }: { event: TrafficEvent; was: TrafficEvent | undefined; now: Instant },
): void => {
  planner.arm('over', event.end);
  if (event.start <= now) return;
  for (const [task, duration] of Object.entries(AHEAD)) {
    const at = ahead(event.start, duration);
    if (at > now) planner.arm(task, at);
  }
  const cover = ahead(event.start, COVER_AHEAD);
  if (cover > now || was?.start !== event.start) planner.arm('cover', cover);
};

/** Asks the owner again tomorrow while anything is left for them to do. */
export const armReminder = (planner: Planner, event: TrafficEvent, now: Instant): void => {
  const at = event.notices.some(isPending) ? nextReminder(event.start, now) : undefined;
  if (at) planner.arm('complete', at);
};

/** When the manager is told that a provider has not answered: at once where the deadline is less than a day away. */
const deadlineNears = ({ deadline }: ProviderNotice): Instant => ahead(deadline, DEADLINE_NEARS);

export const armProvider = (
  planner: Planner,
  {
    event,
    notice,
    was,
    now,
  }: { event: TrafficEvent; notice: ProviderNotice; was?: ProviderNotice | undefined; now: Instant },
): void => {
  const { providerId, state, late } = notice;
  if (state === 'acknowledged' || state === 'withdrawn' || event.start <= now) return;
  armAsking(planner, { event, notice, now });
  const nears = deadlineNears(notice);
  // Of a late one the manager has been told already, as of one whose deadline stays.
  if (!late && (nears > now || was?.deadline !== notice.deadline))
    planner.arm(`deadline:${providerId}`, nears);
};

/** Asks a provider again that was told and has not answered. */
export const armAsking = (
  planner: Planner,
  { event, notice, now }: { event: TrafficEvent; notice: ProviderNotice; now: Instant },
): void => {
  const { providerId, state, deadline } = notice;
  const at = state === 'sent' ? askAgainAt({ start: event.start, deadline }, now) : undefined;
  if (at) planner.arm(`ask-again:${providerId}`, at);
};
