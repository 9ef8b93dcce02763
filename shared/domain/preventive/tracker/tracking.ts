import type { Effect } from '../../corrective/timer.ts';
import { type Draw, derive } from '../../id.ts';
import type { ActionItem } from '../action-item/action-item.ts';

/**
 * The promise to bring an action item's issue up to what the item says; none where it is linked to no tracker. To be
 * made with every change of what the issue shows: title, text, status, due date and owner.
 */
export const trackLater = (
  { id, clientId, link }: Pick<ActionItem, 'id' | 'clientId' | 'link'>,
  draw: Draw,
): Effect[] =>
  link
    ? [
        {
          kind: 'effect',
          subjectId: id,
          id: derive('eff', draw, `track/${id}`),
          clientId,
          dueAt: draw.now,
          attempts: 0,
          perform: { do: 'track', actionItemId: id },
        },
      ]
    : [];
