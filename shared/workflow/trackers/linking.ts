import type { Invocation } from '../../domain/id.ts';
import type { Actor } from '../../domain/outbox/actor.ts';
import type { ActionItem } from '../../domain/preventive/action-item/action-item.ts';
import type { Issue } from '../../domain/preventive/tracker/issue.ts';
import { type Linking, linkTo } from '../../domain/preventive/tracker/issue-link.ts';
import { wantedIssue } from '../../domain/preventive/tracker/issue-text.ts';
import { syncIssueLater } from '../../domain/preventive/tracker/syncing.ts';
import type { Tracker } from '../../domain/preventive/tracker/tracker.ts';
import { loadContext } from '../action-items/context.ts';
import { onTrackerEvent } from '../action-items/on-tracker-event.ts';
import type { Attempt } from '../engine/commit.ts';
import { newInvocation } from '../engine/invocation.ts';
import { planWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { trackedWrites } from './tracked.ts';

/** An issue that was there before, and the item that it is to stand for. */
interface Existing {
  how: Linking['how'];
  tracker: Tracker;
  issue: Issue;
  actor: Actor;
}

/**
 * Links an item to an issue that is there already, whose own words stay. Closed on either side is closed on both: the
 * issue of an item that is over is closed by the effect that this promises; `followIssue` is the other direction.
 * Undefined where the issue stands for another item.
 */
export const linkingWrites = async (
  ports: Ports,
  item: ActionItem,
  { how, tracker, issue, actor }: Existing,
  invocation: Invocation,
): Promise<Attempt<ActionItem> | undefined> => {
  const tracked = await trackedWrites(ports, { tracker, issue, item });
  if (!tracked) return undefined;
  const { publicUrl } = ports.settings;
  const wanted = wantedIssue(item, { ...(await loadContext(ports, item)), publicUrl }, tracker.type);
  // Until the item has followed it, a closed issue counts as open: else it would be opened again for the open item.
  const seen: Issue = item.status === 'open' ? { ...issue, state: 'open' } : issue;
  const there = { trackerId: tracker.id, trackerName: tracker.name };
  const plan = linkTo(item, { how, issue: seen, wanted, ...there }, { invocation, actor });
  const { writes, state } = planWrites(item, plan, invocation);
  const later = syncIssueLater(state, invocation).map((put): Write => ({ put }));
  return { writes: [...writes, ...tracked, ...later], result: state };
};

/** An open item whose issue is closed is done. */
export const followIssue = async (
  ports: Ports,
  item: ActionItem,
  { issue, actor }: Pick<Existing, 'issue' | 'actor'>,
): Promise<void> => {
  if (item.status !== 'open' || issue.state !== 'closed') return;
  const change = { status: 'closed' } as const;
  await onTrackerEvent(ports, { actionItemId: item.id, actor, change, invocation: newInvocation(ports) });
};
