import type { Actor } from '../../corrective/timeline.ts';
import type { Timer } from '../../corrective/timer.ts';
import type { Draw } from '../../id.ts';
import { oneLine } from '../../one-line.ts';
import { type Chronicle, chronicle } from '../../proactive/chronicle.ts';
import type { Notice } from '../../proactive/notice.ts';
import { type Plan, promiseNotice, type Recipient, tendAt } from '../../proactive/plan.ts';
import type { Instant } from '../../time.ts';
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

interface Telling extends Told {
  occasion: string;
  turn?: number;
}

/** Collects what one decision about an action item says, promises and arms. */
export interface Planner {
  write: Chronicle['write'];
  /** Each person once, however many of these they are. Gives the names of those who hear. */
  tell(roles: Role[], telling: Telling): string;
  arm(task: string, at: Instant): void;
  plan(reason: string): Plan<ActionItem>;
}

/** `item` is as it will be: its generation names the promises, its words are what is told. */
export const plannerOf = (item: ActionItem, around: Around, draw: Draw): Planner => {
  const story = chronicle(item, draw);
  const promises: (Notice | Timer)[] = [];
  return {
    write: story.write,
    tell: (roles, { occasion, turn = 0, ...told }) => {
      const to = recipientsOf(roles, around);
      for (const recipient of to) {
        const words = wordsFor(item, around, { to: recipient, told });
        promises.push(promiseNotice(item, { occasion, turn, to: recipient, words }, draw));
      }
      return to.map(({ name }) => name).join(', ') || 'nobody, for none of them can be reached';
    },
    arm: (task, at) => void promises.push(tendAt(item, { task, at }, draw)),
    plan: (reason) => ({ state: item, history: story.entries, promises, reason }),
  };
};

const recipientsOf = (roles: Role[], around: Around): Recipient[] => {
  const all = roles.flatMap((role) => around[role] ?? []);
  return all.filter(({ id }, place) => all.findIndex((other) => other.id === id) === place);
};

/** Nothing is done, and this is why. */
export const nothing = (state: ActionItem, reason: string): Plan<ActionItem> => ({
  ...{ state, history: [], promises: [], reason },
});

const NAMELESS: Record<Actor['kind'], string> = {
  'api-key': 'somebody with an API key',
  person: 'somebody',
  integration: 'the tracker',
  firebreak: 'Firebreak',
};

/** Who did it, in a sentence. */
export const nameOf = ({ kind, name }: Actor): string => oneLine(name ?? '') || NAMELESS[kind];
