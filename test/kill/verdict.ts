import type { SentMessage } from '../support/administrator.ts';
import { FIRST, SECOND, type Team } from '../support/team.ts';
import type { Evidence, SeenPage } from './evidence.ts';
import type { Story } from './load.ts';

const SENT = ['handed-over', 'delivered'];
const STATUS: Record<Story['ending'], string> = {
  unanswered: 'triggered',
  acknowledged: 'acknowledged',
  resolved: 'resolved',
};

export interface Case {
  stories: Story[];
  evidence: Evidence;
  team: Team;
  /** When the process was killed, in milliseconds since 1970, by the clock that stamps messages; ascending. */
  killedAt: number[];
  /** Kills after the clock was pushed, whose time no message can be compared with. */
  killsLater: number;
}

/** What is promised, and every way in which it was not kept. */
export interface Check {
  promise: string;
  broken: string[];
}

/** Holds the evidence against what was accepted. */
export const judge = (the: Case): Check[] => [
  { promise: 'every accepted trigger is one alert with one incident', broken: alertsAtFault(the) },
  { promise: 'every incident stands as its monitor last said', broken: statusesAtFault(the) },
  { promise: 'nothing exists that nobody reported', broken: strangers(the) },
  { promise: 'every promised page was sent, or skipped after an answer', broken: pagesAtFault(the) },
  {
    promise: 'whoever is paged first was paged for every unanswered incident',
    broken: unpaged(the.stories, the.evidence.messages, FIRST),
  },
  {
    promise: 'the second was paged for all that nobody answered, and for nothing else',
    broken: escalated(the),
  },
  { promise: 'nothing was sent that was not promised, or to anybody else', broken: unpromised(the) },
  { promise: 'a page was sent twice at most once per kill', broken: doubled(the) },
];

const alertsAtFault = ({ stories, evidence }: Case): string[] => {
  const alerts = Map.groupBy(evidence.alerts, ({ dedupKey }) => dedupKey);
  const incidents = new Set(evidence.incidents.map(({ id }) => id));
  return stories.flatMap(({ dedupKey }) => {
    const [alert, ...more] = alerts.get(dedupKey) ?? [];
    if (!alert) return [`${dedupKey} was accepted and is lost`];
    if (!incidents.has(alert.incidentId)) return [`${dedupKey} has no incident`];
    return more.length > 0 ? [`${dedupKey} has ${more.length + 1} alerts`] : [];
  });
};

const keyIn = (text = ''): string => /\[(m\d+-\d+)\]/.exec(text)?.[1] ?? '';

const statusesAtFault = ({ stories, evidence }: Case): string[] => {
  const byKey = new Map(evidence.incidents.map((incident) => [keyIn(incident.title), incident]));
  return stories.flatMap(({ dedupKey, ending }) => {
    const status = byKey.get(dedupKey)?.status;
    return status === STATUS[ending] ? [] : [`${dedupKey} was ${ending} and is ${status}`];
  });
};

const strangers = ({ stories, evidence }: Case): string[] => {
  const known = new Set(stories.map(({ dedupKey }) => dedupKey));
  const { alerts, incidents } = evidence;
  return [
    ...alerts.filter(({ dedupKey }) => !known.has(dedupKey)).map(({ id }) => `${id} is nobody's alert`),
    ...incidents
      .filter(({ title }) => !known.has(keyIn(title)))
      .map(({ id }) => `${id} is nobody's incident`),
    ...(incidents.length === stories.length
      ? []
      : [`${stories.length} problems, ${incidents.length} incidents`]),
  ];
};

const pagesAtFault = ({ evidence }: Case): string[] => {
  const sent = new Set(evidence.messages.map(({ id }) => id));
  return evidence.incidents.flatMap(({ id, status }) =>
    (evidence.pages.get(id) ?? []).flatMap((page) => {
      if (SENT.includes(page.state)) return sent.has(page.id) ? [] : [`${page.id} is not in the mailbox`];
      const answered = page.state === 'skipped' && status !== 'triggered';
      return answered ? [] : [`${page.id} is ${page.state}, and its incident ${id} is ${status}`];
    }),
  );
};

/** The unanswered of whom somebody was not told: by the mailbox alone, whatever the table says was promised. */
export const unpaged = (stories: Story[], messages: SentMessage[], who: string): string[] => {
  const told = keysSentTo(messages, who);
  return stories
    .filter(({ dedupKey, ending }) => ending === 'unanswered' && !told.has(dedupKey))
    .map(({ dedupKey }) => `${dedupKey}: no message to ${who}`);
};

/** The dedup keys that messages to somebody name. */
export const keysSentTo = (messages: SentMessage[], who: string): Set<string> =>
  new Set(messages.filter(({ to }) => to === who).map(({ subject }) => keyIn(subject)));

const escalated = (the: Case): string[] => {
  const told = keysSentTo(the.evidence.messages, SECOND);
  const answered = the.stories.filter(({ ending }) => ending !== 'unanswered');
  return [
    ...unpaged(the.stories, the.evidence.messages, SECOND),
    ...answered
      .filter(({ dedupKey }) => told.has(dedupKey))
      .map(({ dedupKey, ending }) => `${dedupKey} was ${ending} and paged ${SECOND} all the same`),
  ];
};

const unpromised = ({ evidence, team }: Case): string[] => {
  const address = new Map([
    [team.people.first, FIRST],
    [team.people.second, SECOND],
  ]);
  const promised = new Map(
    [...evidence.pages.values()].flat().map((page): [string, SeenPage] => [page.id, page]),
  );
  return evidence.messages.flatMap(({ id, to }) => {
    const page = promised.get(id);
    if (!page) return [`${id} to ${to} was never promised`];
    return address.get(page.personId) === to ? [] : [`${id} went to ${to}`];
  });
};

/** Between two sendings of one page lies a kill; after the clock was pushed, they are no more than the kills since. */
const doubled = ({ evidence, killedAt, killsLater }: Case): string[] =>
  [...timesOf(evidence.messages)].flatMap(([id, times]) => {
    const last = killedAt.at(-1) ?? 0;
    const since = times.filter((at) => at > last).length;
    const before = times.filter((at) => at <= last);
    const excused = before.every((at, place) => {
      const previous = before[place - 1];
      return previous === undefined || killedAt.some((killed) => previous <= killed && killed <= at);
    });
    return excused && since <= killsLater + 1 ? [] : [`${id} was sent ${times.length} times`];
  });

const timesOf = (messages: SentMessage[]): Map<string, number[]> => {
  const times = new Map<string, number[]>();
  for (const { id, at } of messages) times.set(id, [...(times.get(id) ?? []), Date.parse(at)]);
  return times;
};

/** How many messages were sent beyond the first of their page. */
export const repeatsIn = ({ messages }: Evidence): number => messages.length - timesOf(messages).size;
