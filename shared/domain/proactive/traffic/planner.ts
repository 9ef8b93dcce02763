import type { Person } from '../../directory/person.ts';
import type { Provider } from '../../directory/provider.ts';
import type { Invocation } from '../../id.ts';
import type { Decision } from '../../outbox/decision.ts';
import { type HistoryWriter, historyWriter } from '../../outbox/history.ts';
import type { Notice } from '../../outbox/notice.ts';
import { newNotice, type Recipient, recipientOf, taskAt, turnOf } from '../../outbox/subject.ts';
import type { Timer } from '../../outbox/timer.ts';
import type { Instant } from '../../time.ts';
import {
  type MessageContext,
  type ProviderOccasion,
  type Told,
  wordsForOurs,
  wordsForProvider,
} from './messages.ts';
import type { TrafficEvent } from './traffic-event.ts';

/** All that a decision about a planned event stands on, beside the event. */
export interface Context extends Omit<MessageContext, 'event'> {
  manager: Person | undefined;
  /** Whom the installation falls back on. */
  fallback: Recipient | undefined;
  /** Every notice of the event so far. */
  notices: Notice[];
}

export type Ours = 'owner' | 'manager';

export interface ProviderNotification {
  occasion: ProviderOccasion;
  provider: Provider;
  to: Recipient[];
  turn?: number;
  late?: boolean;
  was?: TrafficEvent | undefined;
  mayHaveHeard?: boolean;
}

export interface OurNotification extends Told {
  occasion: string;
  turn?: number;
}

/** Collects what one decision about an event says, promises and arms. What is promised already is not promised again. */
export interface Planner {
  write: HistoryWriter['write'];
  notifyProvider(notification: ProviderNotification): void;
  /** Each person once, however many of these they are. */
  notifyOurs(who: Ours[], notification: OurNotification): void;
  /** One of ours who was not reached by another's notice. */
  pass(notice: Notice, to: Recipient): void;
  arm(task: string, at: Instant): void;
  /** How often ours were told on this occasion, in this generation. */
  turns(occasion: string): number;
  plan(state: TrafficEvent, reason: string): Decision<TrafficEvent>;
}

/** `event` is as it will be: its generation names the promises, its words are what is told. */
export const plannerOf = (event: TrafficEvent, context: Context, invocation: Invocation): Planner => {
  const history = historyWriter(event, invocation);
  const promised: Notice[] = [];
  const timers: Timer[] = [];
  const setting: MessageContext = { ...context, event };
  const add = (notice: Notice): void => {
    const known = [...context.notices, ...promised].some(({ promise }) => promise === notice.promise);
    if (!known) promised.push(notice);
  };
  return {
    write: history.write,
    notifyProvider: ({ occasion, provider, to, turn = 0, ...rest }) => {
      const words = wordsForProvider(setting, { occasion, provider, ...rest });
      const of = { ...event, providerId: provider.id };
      for (const recipient of to) add(newNotice(of, { occasion, turn, to: recipient, words }, invocation));
    },
    notifyOurs: (who, { occasion, turn = 0, ...told }) => {
      const to = who.flatMap((one) => recipientFor(context, one) ?? []);
      if (to.length === 0) history.write(nobodyOfOurs(told));
      for (const recipient of to)
        add(
          newNotice(
            event,
            { occasion, turn, to: recipient, words: wordsForOurs(setting, recipient, told) },
            invocation,
          ),
        );
    },
    pass: (notice, to) => {
      const text = `This message could not be delivered to ${notice.to.name}, so you receive it instead.\n\n${notice.text}`;
      const words = { subject: notice.subject, text };
      const occasion = `${firstOccasion(notice)}${PASSED}`;
      add(newNotice(event, { occasion, turn: turnOf(notice), to, words }, invocation));
    },
    arm: (task, at) => void timers.push(taskAt(event, { task, at }, invocation)),
    turns: (occasion) =>
      context.notices.filter(
        (notice) => notice.occasion === occasion && notice.generation === event.generation,
      ).length,
    plan: (state, reason) => ({ state, history: history.entries, outbox: [...promised, ...timers], reason }),
  };
};

const PASSED = '-passed';

/** What a notice to one of ours was first promised for, however often it was passed on. */
export const firstOccasion = ({ occasion }: Pick<Notice, 'occasion'>): string => occasion.replace(PASSED, '');

/** The owner or the manager; where one cannot be reached the other, and then the fallback contact. */
const recipientFor = ({ owner, manager, fallback }: Context, who: Ours): Recipient | undefined => {
  const inOrder = who === 'owner' ? [owner, manager] : [manager, owner];
  return inOrder.flatMap((person) => (person && recipientOf(person)) ?? [])[0] ?? fallback;
};

const nobodyOfOurs = ({ mark }: Told) => ({
  what: 'nobody-to-tell',
  text: `“${mark}” reached nobody: neither owner nor manager has a verified contact method.`,
  reason: 'unreachable',
});
