import type { Invocation } from '../../id.ts';
import { cut, oneLine } from '../../one-line.ts';
import type { Actor } from '../../outbox/actor.ts';
import type { Decision } from '../../outbox/decision.ts';
import { historyWriter } from '../../outbox/history.ts';
import { newNotice, type Recipient } from '../../outbox/subject.ts';
import type { ActionItem, IssueLink } from '../action-item/action-item.ts';
import { broughtOf, type Issue, type KnownIssue, knownIssue, type Wanted } from './issue.ts';

type ItemPlan = Decision<ActionItem>;

/** Which tracker it is about. */
interface There {
  trackerId: string;
  trackerName: string;
}

interface Deciding {
  invocation: Invocation;
  actor?: Actor;
}

const LONGEST_REASON = 300;
/** An action item's; an issue's may be longer. */
const LONGEST_TITLE = 200;

const planOf = (state: ActionItem, reason: string, rest: Partial<ItemPlan> = {}): ItemPlan => ({
  ...{ state, history: [], outbox: [], reason },
  ...rest,
});

const line = (
  item: ActionItem,
  said: { what: string; text: string; reason: string },
  { invocation, actor }: Deciding,
): ItemPlan['history'] => {
  const history = historyWriter(item, invocation);
  history.write({ ...said, ...(actor ? { actor } : {}) });
  return history.entries;
};

/** The issue as it was seen, unless something newer of it is known. */
const seen = (known: KnownIssue | undefined, issue: Issue): Partial<KnownIssue> => {
  const { key, url, state, title, changedAt } = issue;
  const isOld = known?.key === key && known.changedAt !== undefined && changedAt < known.changedAt;
  return isOld ? {} : { key, url, state, title, changedAt };
};

/**
 * The issue as we left it. Where it says otherwise already, somebody there was faster than our look: what they did is
 * left for their own event to say.
 */
const written = (known: KnownIssue | undefined, issue: Issue, wanted: Wanted): Partial<KnownIssue> => {
  const { key, url, title, changedAt } = issue;
  const state = wanted.closed ? 'closed' : 'open';
  if (issue.state !== state) return { key, url, title, state };
  return { ...seen(known, issue), writtenAt: changedAt };
};

const TOLD = {
  made: 'Issue created',
  found: 'Issue found again',
  linked: 'Linked to an issue',
  adopted: 'Linked to an issue that names the action item',
} as const;

export interface Linking extends There {
  how: keyof typeof TOLD;
  issue: Issue;
  /** What of ours the issue says by now, or is not to be told. */
  wanted: Wanted;
}

/** The item has this issue from now on. */
export const linkTo = (
  item: ActionItem,
  { how, issue, wanted, trackerId, trackerName }: Linking,
  deciding: Deciding,
): ItemPlan => {
  const known = knownIssue(item);
  const { trouble: _, ...rest } = known ?? {};
  const isOurs = how === 'made' || how === 'found';
  const shown = isOurs ? written(known, issue, wanted) : seen(known, issue);
  const link: IssueLink = { ...rest, trackerId, ...shown, brought: broughtOf(wanted) };
  const state = { ...item, link };
  if (known?.key === issue.key) return planOf(state, 'linked-already');
  const text = `${TOLD[how]}: ${issue.key} in ${oneLine(trackerName)} (${issue.url}).`;
  return planOf(state, how, { history: line(item, { what: `issue-${how}`, text, reason: how }, deciding) });
};

/** An issue is to be made for it. */
export const awaitIssue = (
  item: ActionItem,
  { id, name }: { id: string; name: string },
  deciding: Deciding,
): ItemPlan => {
  const text = `An issue will be created in ${oneLine(name)}.`;
  const history = line(item, { what: 'issue-awaited', text, reason: 'by-hand' }, deciding);
  return planOf({ ...item, link: { trackerId: id } }, 'issue-awaited', { history });
};

/** The issue says this by now. */
export const broughtTo = (
  item: ActionItem,
  { issue, wanted }: { issue?: Issue; wanted: Wanted },
): ItemPlan => {
  const known = knownIssue(item);
  if (!known) return planOf(item, 'not-linked');
  const { trouble: _, ...rest } = known;
  const link = { ...rest, ...(issue ? written(known, issue, wanted) : {}), brought: broughtOf(wanted) };
  return planOf({ ...item, link }, 'brought-up-to-date');
};

/**
 * The item, knowing what its issue says by now, which need not be brought back there; the very one that knew it
 * already. What says nothing new is known too, or something older would be taken for news when it comes late.
 */
export const knowing = (item: ActionItem, issue: Issue): ActionItem => {
  const known = knownIssue(item);
  if (!known || known.key !== issue.key) return item;
  const isRenamed = known.title !== issue.title && known.brought;
  const brought = isRenamed
    ? { ...isRenamed, title: cut(oneLine(issue.title), LONGEST_TITLE) }
    : known.brought;
  const link = { ...known, ...seen(known, issue), ...(brought ? { brought } : {}) };
  return JSON.stringify(link) === JSON.stringify(known) ? item : { ...item, link };
};

/** It has no issue any more; what was there stays there. */
export const untie = (
  { link, ...rest }: ActionItem,
  { text, reason }: { text: string; reason: string },
  deciding: Deciding,
): ItemPlan => {
  const state = rest as ActionItem;
  return planOf(state, reason, { history: line(state, { what: 'issue-unlinked', text, reason }, deciding) });
};

/** The tracker does not take what it is told: once the history says so, and the owner hears, until it works again. */
export const troubled = (
  item: ActionItem,
  { why, owner, trackerName }: { why: string; owner: Recipient | undefined; trackerName: string },
  invocation: Invocation,
): ItemPlan => {
  const known = knownIssue(item);
  if (!known || known.trouble) return planOf(item, 'told-already');
  const reason = cut(oneLine(why), LONGEST_REASON);
  const state = { ...item, link: { ...known, trouble: { why: reason, since: invocation.now } } as IssueLink };
  const text = `The issue in ${oneLine(trackerName)} could not be updated: ${reason}`;
  const history = line(item, { what: 'issue-not-reached', text, reason: 'tracker-refused' }, { invocation });
  const words = {
    subject: cut(`Not in the tracker: ${oneLine(item.title)}`, 150),
    text: `${text}\n\nThe action item is unchanged. Check the tracker's access and settings; Firebreak tries again with the next change.\n\nFirebreak id: ${item.id}.\n`,
  };
  // Its version names the notice: the same trouble may come again later in the same generation.
  const told =
    owner && newNotice(item, { occasion: 'not-tracked', turn: item.version, to: owner, words }, invocation);
  return planOf(state, 'owner-told', { history, outbox: told ? [told] : [] });
};
