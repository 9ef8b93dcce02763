import { type Effect, promiseEffect } from '../../corrective/timer.ts';
import type { Draw } from '../../id.ts';
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
export const trackLater = (
  { id, clientId, link }: Pick<ActionItem, 'id' | 'clientId' | 'link'>,
  draw: Draw,
): Effect[] =>
  link
    ? [
        promiseEffect(
          { subjectId: id, clientId },
          { label: `track/${id}`, perform: { do: 'track', actionItemId: id } },
          draw,
        ),
      ]
    : [];
