import type { Timer } from '../corrective/timer.ts';
import type { Person } from '../directory/person.ts';
import type { Provider } from '../directory/provider.ts';
import type { Draw } from '../id.ts';
import type { Instant } from '../time.ts';
import { type Chronicle, chronicle } from './chronicle.ts';
import type { Notice } from './notice.ts';
import { type Plan, promiseNotice, type Recipient, recipientOf, tendAt, turnOf } from './plan.ts';
import type { TrafficEvent } from './traffic-event.ts';
import {
  type ProviderOccasion,
  type Setting,
  type Told,
  wordsForOurs,
  wordsForProvider,
} from './traffic-wording.ts';

/** All that a decision about a planned event stands on, beside the event. */
export interface Around extends Omit<Setting, 'event'> {
  manager: Person | undefined;
  /** Whom the installation falls back on. */
  fallback: Recipient | undefined;
  /** Every notice of the event so far. */
  notices: Notice[];
}

export type Ours = 'owner' | 'manager';

export interface TellProvider {
  occasion: ProviderOccasion;
  provider: Provider;
  to: Recipient[];
  turn?: number;
  late?: boolean;
  was?: TrafficEvent | undefined;
  mayHaveHeard?: boolean;
}

export interface TellOurs extends Told {
  occasion: string;
  turn?: number;
}

/** Collects what one decision about an event says, promises and arms. What is promised already is not promised again. */
export interface Planner {
  write: Chronicle['write'];
  tellProvider(telling: TellProvider): void;
  /** Each person once, however many of these they are. */
  tellOurs(who: Ours[], telling: TellOurs): void;
  /** One of ours who was not reached by another's notice. */
  pass(notice: Notice, to: Recipient): void;
  arm(task: string, at: Instant): void;
  /** How often ours were told on this occasion, in this generation. */
  turns(occasion: string): number;
  plan(state: TrafficEvent, reason: string): Plan<TrafficEvent>;
}

/** `event` is as it will be: its generation names the promises, its words are what is told. */
export const plannerOf = (event: TrafficEvent, around: Around, draw: Draw): Planner => {
  const story = chronicle(event, draw);
  const promised: Notice[] = [];
  const timers: Timer[] = [];
  const setting: Setting = { ...around, event };
  const add = (notice: Notice): void => {
    const known = [...around.notices, ...promised].some(({ promise }) => promise === notice.promise);
    if (!known) promised.push(notice);
  };
  return {
    write: story.write,
    tellProvider: ({ occasion, provider, to, turn = 0, ...rest }) => {
      const words = wordsForProvider(setting, { occasion, provider, ...rest });
      const of = { ...event, providerId: provider.id };
      for (const recipient of to) add(promiseNotice(of, { occasion, turn, to: recipient, words }, draw));
    },
    tellOurs: (who, { occasion, turn = 0, ...told }) => {
      const to = who.flatMap((one) => recipientFor(around, one) ?? []);
      if (to.length === 0) story.write(nobodyOfOurs(told));
      for (const recipient of to)
        add(
          promiseNotice(
            event,
            { occasion, turn, to: recipient, words: wordsForOurs(setting, recipient, told) },
            draw,
          ),
        );
    },
    pass: (notice, to) => {
      const text = `This could not be delivered to ${notice.to.name}, so it comes to you.\n\n${notice.text}`;
      const words = { subject: notice.subject, text };
      const occasion = `${firstOccasion(notice)}${PASSED}`;
      add(promiseNotice(event, { occasion, turn: turnOf(notice), to, words }, draw));
    },
    arm: (task, at) => void timers.push(tendAt(event, { task, at }, draw)),
    turns: (occasion) =>
      around.notices.filter(
        (notice) => notice.occasion === occasion && notice.generation === event.generation,
      ).length,
    plan: (state, reason) => ({ state, history: story.entries, promises: [...promised, ...timers], reason }),
  };
};

const PASSED = '-passed';

/** What a notice to one of ours was first promised for, however often it was passed on. */
export const firstOccasion = ({ occasion }: Pick<Notice, 'occasion'>): string => occasion.replace(PASSED, '');

/** The owner or the manager; where one cannot be reached the other, and then the fallback contact. */
const recipientFor = ({ owner, manager, fallback }: Around, who: Ours): Recipient | undefined => {
  const inOrder = who === 'owner' ? [owner, manager] : [manager, owner];
  return inOrder.flatMap((person) => (person && recipientOf(person)) ?? [])[0] ?? fallback;
};

const nobodyOfOurs = ({ mark }: Told) => ({
  what: 'nobody-to-tell',
  text: `“${mark}” could be told to nobody: neither owner nor manager has a verified contact method.`,
  reason: 'unreachable',
});
