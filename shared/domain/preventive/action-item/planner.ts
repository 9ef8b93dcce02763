import type { Invocation } from '../../id.ts';
import type { Actor } from '../../outbox/actor.ts';
import * as planning from '../../outbox/planner.ts';
import type { Recipient } from '../../outbox/subject.ts';
import type { ActionItem } from './action-item.ts';
import { type OpeningContext, type Told, wordsFor } from './messages.ts';

/** All that a decision about an action item stands on, beside the item. */
export interface Context extends OpeningContext {
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
  context: Context;
  invocation: Invocation;
  actor: Actor;
}

export type Role = 'owner' | 'lead' | 'manager' | 'verifier';

interface Notification extends Told, planning.Occasion {}

/** Collects what one decision about an action item says, promises and arms. */
export type Planner = planning.Planner<ActionItem, Role, Notification>;

/** `item` is as it will be: its generation names the promises, its words are what is told. */
export const plannerOf = (item: ActionItem, context: Context, invocation: Invocation): Planner =>
  planning.plannerOf<ActionItem, Role, Notification>(
    item,
    { people: context, wordsFor: (to, told) => wordsFor(item, context, { to, told }) },
    invocation,
  );
