import { oneLine } from '../../domain/one-line.ts';
import type { ActionItem } from '../../domain/preventive/action-item/action-item.ts';
import { dateAndTime } from '../../domain/time.ts';
import type { Ports } from '../engine/ports.ts';

/** What was seen, since it was done, of what an item is to keep away; undefined when nothing was. */
export const seenSince = (ports: Ports, item: ActionItem): Promise<string | undefined> => {
  const { verification, doneAt = '' } = item;
  if (verification.type === 'log-error-stays-away')
    return errorSince(ports, { alertId: verification.alertId, doneAt });
  return causeSince(ports, { causeIds: item.causeIds, doneAt });
};

/**
 * Sightings are kept by incident, and so by time: the newest of each cause says it all. One of the very moment at
 * which it was done counts, as it does when it is told at once.
 */
const causeSince = async (
  { store }: Ports,
  { causeIds, doneAt }: { causeIds: string[]; doneAt: string },
): Promise<string | undefined> => {
  const newest = await Promise.all(
    causeIds.map((causeId) => store.list({ of: 'cause-sighting', causeId }, { limit: 1, reversed: true })),
  );
  const seen = newest.flatMap(({ items }) => items).find(({ at }) => at >= doneAt);
  if (!seen) return undefined;
  const [cause, incident] = await Promise.all([
    store.get({ kind: 'cause', id: seen.causeId }),
    store.get({ kind: 'incident', id: seen.incidentId }),
  ]);
  const where = incident ? `incident ${incident.number}, “${oneLine(incident.title)}”` : seen.incidentId;
  return `“${oneLine(cause?.text ?? 'its cause')}” recurred on ${dateAndTime(seen.at)} in ${where}.`;
};

/** An error comes back as the same alert, or as a later episode under the same key. */
const errorSince = async (
  { store }: Ports,
  { alertId, doneAt }: { alertId: string; doneAt: string },
): Promise<string | undefined> => {
  const alert = await store.get({ kind: 'alert', id: alertId });
  if (!alert) return undefined;
  const { integrationId, dedupKey } = alert;
  const pointer = await store.get({ kind: 'dedup', integrationId, dedupKey });
  const latest = pointer?.alertId ? await store.get({ kind: 'alert', id: pointer.alertId }) : undefined;
  const seen = [latest, alert].find((each) => each && each.lastAt > doneAt);
  return (
    seen && `the error was in the logs again on ${dateAndTime(seen.lastAt)}: “${oneLine(seen.summary)}”.`
  );
};
