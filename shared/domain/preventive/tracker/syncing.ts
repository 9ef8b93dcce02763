import type { Invocation } from '../../id.ts';
import { type Effect, newEffect } from '../../outbox/timer.ts';
import type { ActionItem } from '../action-item/action-item.ts';

/** What of an action item its issue shows. */
const SHOWN = ['title', 'text', 'status', 'dueAt', 'ownerId'] as const;

/** Whether an item says something else than it did in what its issue shows. */
export const showsOtherwise = (before: ActionItem, after: ActionItem): boolean =>
  SHOWN.some((field) => before[field] !== after[field]);

/**
 * The promise to bring an action item's issue up to what the item says; none where it is linked to no tracker. To be
 * made with every change of what the issue shows.
 */
export const syncIssueLater = (
  { id, clientId, link }: Pick<ActionItem, 'id' | 'clientId' | 'link'>,
  invocation: Invocation,
): Effect[] =>
  link
    ? [
        newEffect(
          { subjectId: id, clientId },
          { label: `track/${id}`, perform: { type: 'sync-issue', actionItemId: id } },
          invocation,
        ),
      ]
    : [];
