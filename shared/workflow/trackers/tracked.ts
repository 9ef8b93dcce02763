import type { ActionItem } from '../../domain/preventive/action-item/action-item.ts';
import type { Issue } from '../../domain/preventive/tracker/issue.ts';
import type { Tracker } from '../../domain/preventive/tracker/tracker.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';

interface Tracked {
  tracker: Tracker;
  issue: Pick<Issue, 'key'>;
  item: Pick<ActionItem, 'id'>;
}

/** That an issue stands for this item, so that its webhooks find it; undefined where it stands for another. */
export const trackedWrites = async (
  { store }: Ports,
  { tracker, issue, item }: Tracked,
): Promise<Write[] | undefined> => {
  const { id: trackerId, clientId } = tracker;
  const before = await store.get({ kind: 'tracked-issue', trackerId, key: issue.key });
  if (before) return before.actionItemId === item.id ? [] : undefined;
  const actionItemId = item.id;
  return [
    { put: { kind: 'tracked-issue', trackerId, key: issue.key, clientId, actionItemId }, guard: 'new' },
  ];
};

/** That it stands for it no more. */
export const untrackedWrites = ({
  trackerId,
  key,
}: {
  trackerId: string;
  key?: string | undefined;
}): Write[] => (key ? [{ remove: { kind: 'tracked-issue', trackerId, key } }] : []);
