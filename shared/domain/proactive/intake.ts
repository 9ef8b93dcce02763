import type { Incident } from '../corrective/incident.ts';
import { isOver, isWorse } from '../corrective/lifecycle.ts';
import type { Service } from '../directory/service.ts';
import { after, type Instant, milliseconds } from '../time.ts';
import type { Dedup, OpenGroup } from './alert.ts';
import type { AlertEvent } from './alert-event.ts';

/** What an event is judged by. */
export interface Known {
  /** The current episode of its dedup key, and the incident of that episode. */
  dedup?: Dedup | undefined;
  incident?: Incident | undefined;
}

/** What a trigger means: to whom it belongs and why. */
export type Meaning =
  | { is: 'ignored'; reason: 'older-episode' | 'episode-is-over' }
  | { is: 'repeat'; reason: 'duplicate'; incident: Incident }
  | { is: 'worse'; reason: 'severity-raised'; incident: Incident }
  | { is: 'back'; reason: 'came-back'; incident: Incident }
  | { is: 'reopening'; reason: 'within-reopen-window'; incident: Incident }
  | { is: 'new'; reason: 'first' | 'new-episode' };

/**
 * What a trigger means. Only a source that names the episode can be late: everywhere else the order of arrival rules.
 * An alert is open only if its incident is open too.
 */
export const meaningOf = (
  event: AlertEvent,
  { dedup, incident }: Known,
  { service, now }: { service: Pick<Service, 'reopenWindow'>; now: Instant },
): Meaning => {
  const late = dedup && lateness(event, dedup);
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

/**
 * Why an event is too late to count, if it is. The start of one episode may move back: of two Prometheus servers that
 * see it, Alertmanager tells the earlier start, as soon as it hears of it. So what still fires is never late, and a
 * resolve only if its episode was over before the known one began.
 */
export const lateness = (
  event: AlertEvent,
  dedup: Dedup,
): 'older-episode' | 'episode-is-over' | undefined => {
  if (!event.episode || !dedup.episode || event.episode > dedup.episode) return undefined;
  const isSame = event.episode === dedup.episode;
  if (event.action !== 'trigger')
    return isSame || (event.until && event.until >= dedup.episode) ? undefined : 'older-episode';
  if (dedup.open) return undefined;
  return isSame ? 'episode-is-over' : 'older-episode';
};

/** Whether an alert of the group's service joins the group's incident now. */
export const joins = (group: OpenGroup | undefined, incident: Incident | undefined, now: Instant): boolean =>
  group !== undefined && incident !== undefined && group.until > now && !isOver(incident);
