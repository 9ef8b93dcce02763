import type { Incident } from '../../corrective/incidents/incident.ts';
import { isOver } from '../../corrective/incidents/lifecycle.ts';
import type { Service } from '../../directory/service.ts';
import { isWorse } from '../../outbox/severity.ts';
import { after, type Instant, milliseconds } from '../../time.ts';
import type { Dedup, OpenGroup } from './alert.ts';
import type { AlertEvent } from './alert-event.ts';

/** What an event is judged by. */
export interface Known {
  /** The current episode of its dedup key, and the incident of that episode. */
  dedup?: Dedup | undefined;
  incident?: Incident | undefined;
}

/** Why an event is too late to count. */
export type Lateness = 'older-state' | 'older-episode' | 'episode-is-over';

/** What a trigger means: to whom it belongs and why. */
export type Meaning =
  | { is: 'ignored'; reason: Lateness }
  | { is: 'repeat'; reason: 'duplicate'; incident: Incident }
  | { is: 'worse'; reason: 'severity-raised'; incident: Incident }
  | { is: 'back'; reason: 'came-back'; incident: Incident }
  | { is: 'reopening'; reason: 'within-reopen-window'; incident: Incident }
  | { is: 'new'; reason: 'first' | 'new-episode' };

/**
 * What a trigger means. Only a source that names the episode, or when it came to its state, can be late: everywhere
 * else the order of arrival rules.
 * An alert is open only if its incident is open too.
 */
export const meaningOf = (
  event: AlertEvent,
  { dedup, incident }: Known,
  { service, now }: { service: Pick<Service, 'reopenWindow'>; now: Instant },
): Meaning => {
  const late = dedup && lateness(event, dedup, now);
  if (late) return { is: 'ignored', reason: late };
  if (!dedup || !incident) return { is: 'new', reason: 'first' };
  if (!isOver(incident)) {
    if (!dedup.open) return { is: 'back', reason: 'came-back', incident };
    return isWorse(event.severity, incident.severity)
      ? { is: 'worse', reason: 'severity-raised', incident }
      : { is: 'repeat', reason: 'duplicate', incident };
  }
  const { resolvedAt, status } = incident;
  const reopens =
    status === 'resolved' &&
    milliseconds(service.reopenWindow) > 0 &&
    resolvedAt !== undefined &&
    after(resolvedAt, service.reopenWindow) >= now;
  return reopens
    ? { is: 'reopening', reason: 'within-reopen-window', incident }
    : { is: 'new', reason: 'new-episode' };
};

/** How long after its resolve a trigger may still have been on its way. One that comes later fires again. */
const ON_ITS_WAY = 'PT10M';

/**
 * Why an event is too late to count, if it is. A state counts only while none newer was told. The start of one episode may move back: of two Prometheus servers that
 * see it, Alertmanager tells the earlier start, as soon as it hears of it. So what still fires is never late, and a
 * resolve only if its episode was over before the known one began.
 */
export const lateness = (event: AlertEvent, dedup: Dedup, now: Instant): Lateness | undefined => {
  if (event.saidAt && dedup.saidAt && event.saidAt < dedup.saidAt) return 'older-state';
  if (!event.episode || !dedup.episode || event.episode > dedup.episode) return undefined;
  const isSame = event.episode === dedup.episode;
  if (event.action !== 'trigger')
    return isSame || (event.until && event.until >= dedup.episode) ? undefined : 'older-episode';
  if (dedup.open || !dedup.resolvedAt || after(dedup.resolvedAt, ON_ITS_WAY) < now) return undefined;
  return isSame ? 'episode-is-over' : 'older-episode';
};

const later = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one;

/** What an event tells that is newer than all that was told of its key before: undefined when nothing is. */
export const newsOf = (
  event: AlertEvent,
  dedup: Dedup | undefined,
): Pick<Dedup, 'episode' | 'saidAt'> | undefined => {
  const episode = later(event.episode, dedup?.episode);
  const saidAt = later(event.saidAt, dedup?.saidAt);
  return episode === dedup?.episode && saidAt === dedup?.saidAt ? undefined : { episode, saidAt };
};

/** Whether an alert of the group's service joins the group's incident now. */
export const joins = (group: OpenGroup | undefined, incident: Incident | undefined, now: Instant): boolean =>
  group !== undefined && incident !== undefined && group.until > now && !isOver(incident);
