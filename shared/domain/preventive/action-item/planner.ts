import type { Actor } from '../../corrective/timeline.ts';
import type { Draw } from '../../id.ts';
import type { Recipient } from '../../proactive/plan.ts';
import * as planning from '../../proactive/planner.ts';
import type { ActionItem } from './action-item.ts';
import { type Setting, type Told, wordsFor } from './words.ts';

/** All that a decision about an action item stands on, beside the item. */
export interface Around extends Setting {
  /** The people, or who stands in for them; undefined when there is nobody at all to tell. */
  owner: Recipient | undefined;
  lead: Recipient | undefined;
  manager: Recipient | undefined;
  /** Who is asked whether it holds. */
  verifier: Recipient | undefined;
  /** Lead and manager, as far as there are any: who may be asked whether it holds. */
  reviewerIds: string[];
  /** Where the owner's mornings are. */
  timeZone: string;
}

/** Who did it, and on what it stands. */
export interface Deciding {
  around: Around;
  draw: Draw;
  actor: Actor;
}

export type Role = 'owner' | 'lead' | 'manager' | 'verifier';

interface Telling extends Told, planning.Occasion {}

/** Collects what one decision about an action item says, promises and arms. */
export type Planner = planning.Planner<ActionItem, Role, Telling>;

/** `item` is as it will be: its generation names the promises, its words are what is told. */
export const plannerOf = (item: ActionItem, around: Around, draw: Draw): Planner =>
  planning.plannerOf<ActionItem, Role, Telling>(
    item,
    { people: around, wordsFor: (to, told) => wordsFor(item, around, { to, told }) },
    draw,
  );
