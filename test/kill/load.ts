import { setTimeout as wait } from 'node:timers/promises';
import type { Chance } from './chance.ts';

const MONITORS = 8;
const LONGEST_PAUSE = 15;
const BEFORE_REPEATING = 20;
const PATIENCE = 10_000;
const LONGEST_LIFE = 3000;

/** One problem as its monitor tells it: exactly one alert and one incident, however often anything is repeated. */
export interface Story {
  dedupKey: string;
  /** How it ends, once every event of it was accepted. */
  ending: 'unanswered' | 'acknowledged' | 'resolved';
}

export interface Load {
  /** Resolves when so many more events were accepted, or when that takes too long. */
  accepts(more: number): Promise<void>;
  /** No new stories; resolves when those that were begun are told to their end. */
  finish(): Promise<void>;
  /** Those of which at least the first trigger was accepted. */
  stories: Story[];
  counts: { accepted: number; unanswered: number; unavailable: number };
  /** Answers that no monitor should get. */
  faults: string[];
}

interface Target {
  /** The address; waits while there is none. */
  url(): Promise<string>;
  routingKeys: string[];
  chance: Chance;
}

/**
 * Monitors that post PagerDuty events, each one after the other, and repeat an event until it is accepted: after no
 * answer they cannot know whether it was. The title of each incident names its dedup key in brackets.
 */
export const startLoad = (target: Target): Load => {
  const load = { stories: [] as Story[], faults: [] as string[] };
  const counts = { accepted: 0, unanswered: 0, unavailable: 0 };
  let isOver = false;
  const post = async (event: object): Promise<void> => {
    for (;;) {
      const status = await answered(`${await target.url()}/v2/enqueue`, event);
      if (status === 202) {
        counts.accepted += 1;
        return;
      }
      counts[status === undefined ? 'unanswered' : 'unavailable'] += 1;
      if (status !== undefined && status !== 503) load.faults.push(`An event was answered ${status}.`);
      await wait(BEFORE_REPEATING);
    }
  };
  const monitor = async (number: number): Promise<void> => {
    for (let told = 1; !isOver; told += 1) {
      const history = storyOf(`m${number}-${told}`, target.chance);
      for (const [place, event] of eventsOf(history, target).entries()) {
        await post(event);
        if (place === 0) load.stories.push(history);
        await wait(target.chance.between(0, LONGEST_PAUSE));
      }
    }
  };
  const monitors = Promise.all(Array.from({ length: MONITORS }, (_, number) => monitor(number)));
  const finish = async (): Promise<void> => {
    isOver = true;
    await monitors;
  };
  const accepts = async (more: number): Promise<void> => {
    const enough = counts.accepted + more;
    for (const until = Date.now() + LONGEST_LIFE; counts.accepted < enough && Date.now() < until; )
      await wait(2);
  };
  return { ...load, counts, accepts, finish };
};

const storyOf = (dedupKey: string, chance: Chance): Story => ({
  dedupKey,
  ending: chance.pick({ unanswered: 45, acknowledged: 25, resolved: 30 }),
});

const eventsOf = ({ dedupKey, ending }: Story, { chance, routingKeys }: Target): object[] => {
  const place = chance.between(0, routingKeys.length - 1);
  const same = { routing_key: routingKeys[place], dedup_key: dedupKey };
  const payload = {
    summary: `Checkout is failing [${dedupKey}]`,
    source: 'shop.example.com',
    severity: 'critical',
  };
  const triggers = Array.from({ length: chance.between(1, 3) }, () => ({
    ...same,
    event_action: 'trigger',
    payload,
  }));
  if (ending === 'unanswered') return triggers;
  return [...triggers, { ...same, event_action: ending === 'resolved' ? 'resolve' : 'acknowledge' }];
};

/** The status of the answer; undefined when there was none. */
const answered = async (url: string, event: object): Promise<number | undefined> => {
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(PATIENCE),
    });
    await reply.arrayBuffer();
    return reply.status;
  } catch {
    return undefined;
  }
};
