import { nothing } from '../../domain/outbox/decision.ts';
import type { ActionItem } from '../../domain/preventive/action-item/action-item.ts';
import { receive } from '../../domain/preventive/action-item/receiving.ts';
import { readGithub } from '../../domain/preventive/tracker/github-issue.ts';
import { knownIssue } from '../../domain/preventive/tracker/issue.ts';
import { actorThere, type IssueEvent, newsIn } from '../../domain/preventive/tracker/issue-event.ts';
import { knowing, untie } from '../../domain/preventive/tracker/issue-link.ts';
import { markedFor } from '../../domain/preventive/tracker/issue-text.ts';
import { readJira } from '../../domain/preventive/tracker/jira-issue.ts';
import type { Tracker } from '../../domain/preventive/tracker/tracker.ts';
import { itemWrites, loadContext } from '../action-items/context.ts';
import { itemOf } from '../action-items/read.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { newInvocation } from '../engine/invocation.ts';
import { planWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import { apiRoot } from './conversation.ts';
import { followIssue, linkingWrites } from './linking.ts';
import { type Signed, signedBy } from './signed.ts';
import { untrackedWrites } from './tracked.ts';

export interface Delivery extends Signed {
  /** GitHub's name of the event. */
  event: string;
  /** Reads the body; called once the signature is known to be right. */
  payload(): unknown;
}

/**
 * Takes what a tracker's webhook says of an issue. Gives the reason.
 * Safe to repeat, and in any order: what is known already changes nothing, and neither does what is older than it.
 * @throws Refused `unauthenticated`; what `payload` throws.
 */
export const receiveTrackerWebhook = async (ports: Ports, delivery: Delivery): Promise<string> => {
  const tracker = await signedBy(ports, delivery);
  const event = read(tracker, delivery);
  switch (event.what) {
    case 'nothing':
      return event.reason;
    case 'gone':
      return loseIssue(ports, tracker, event);
    case 'seen':
      return seeIssue(ports, tracker, event);
  }
};

const read = ({ type, project, apiUrl }: Tracker, { event, payload }: Delivery): IssueEvent =>
  type === 'github'
    ? readGithub(event, payload(), project)
    : readJira(payload(), { apiUrl: apiRoot(apiUrl), project });

/** The item that an issue of the tracker stands for, as both sides say. */
const itemBehind = async (
  ports: Ports,
  { id: trackerId }: Tracker,
  key: string,
): Promise<ActionItem | undefined> => {
  const tracked = await ports.store.get({ kind: 'tracked-issue', trackerId, key });
  const item = tracked && (await itemOf(ports, tracked.actionItemId));
  return item?.link?.trackerId === trackerId && item.link.key === key ? item : undefined;
};

type Seen = Extract<IssueEvent, { what: 'seen' }>;

/** What is news is decided on what is known by now, and known with the same commit: of two at once the newer counts. */
const seeIssue = async (ports: Ports, tracker: Tracker, event: Seen): Promise<string> => {
  const { issue, by } = event;
  const actor = actorThere(tracker, by);
  const invocation = newInvocation(ports);
  const heard = await commitWithRetry(ports, async () => {
    const item = await itemBehind(ports, tracker, issue.key);
    const known = item && knownIssue(item);
    if (!item || !known) return { writes: [], result: undefined };
    const news = newsIn(issue, known);
    const plan =
      typeof news === 'string'
        ? nothing(item, news)
        : receive(item, news, { context: await loadContext(ports, item), invocation, actor });
    const state = news === 'older-than-known' ? item : knowing(plan.state, issue);
    return { writes: itemWrites(item, { ...plan, state }, invocation).writes, result: plan.reason };
  });
  return heard ?? adopt(ports, tracker, event);
};

type Gone = Extract<IssueEvent, { what: 'gone' }>;

const loseIssue = async (ports: Ports, tracker: Tracker, { key, by, movedTo }: Gone): Promise<string> => {
  const invocation = newInvocation(ports);
  const where = movedTo ? `moved to ${movedTo}` : 'deleted';
  const text = `The issue ${key} was ${where}. The link was removed.`;
  return commitWithRetry(ports, async () => {
    const item = await itemBehind(ports, tracker, key);
    if (!item) return { writes: [], result: 'not-linked' };
    const plan = untie(
      item,
      { text, reason: 'issue-is-gone' },
      { invocation, actor: actorThere(tracker, by) },
    );
    const { writes } = planWrites(item, plan, invocation);
    return { writes: [...writes, ...untrackedWrites({ trackerId: tracker.id, key })], result: plan.reason };
  });
};

/**
 * An issue that names an action item becomes its issue: one that is being made for it just now, or one that somebody
 * with a say in the project has pointed at it. Anybody may open an issue with such a line; that alone links nothing.
 */
const adopt = async (
  ports: Ports,
  tracker: Tracker,
  { issue, by, trusted, fresh }: Seen,
): Promise<string> => {
  const id = fresh ? markedFor(issue.text) : undefined;
  if (!id) return 'not-linked';
  const invocation = newInvocation(ports);
  const actor = actorThere(tracker, by);
  const linking = { how: 'adopted', tracker, issue, actor } as const;
  const { reason, item } = await commitWithRetry<Adopted>(ports, async () => {
    const now = await itemOf(ports, id);
    if (!now || !isMeant(now, tracker, trusted)) return { writes: [], result: { reason: 'not-linked' } };
    const linked = await linkingWrites(ports, now, linking, invocation);
    if (!linked) return { writes: [], result: { reason: 'another-item-has-it' } };
    return { writes: linked.writes, result: { reason: 'adopted', item: linked.result } };
  });
  if (item) await followIssue(ports, item, linking);
  return reason;
};

interface Adopted {
  reason: string;
  item?: ActionItem;
}

const isMeant = ({ clientId, link }: ActionItem, tracker: Tracker, trusted: boolean): boolean => {
  const isAwaited = link?.trackerId === tracker.id && !link.key;
  return clientId === tracker.clientId && (isAwaited || (trusted && !link));
};
