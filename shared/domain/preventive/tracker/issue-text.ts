import { oneLine } from '../../one-line.ts';
import { dateAndTime } from '../../time.ts';
import type { ActionItem } from '../action-item/action-item.ts';
import type { Wanted } from './issue.ts';
import type { TrackerType } from './tracker.ts';

/** What an issue says beside the item itself. */
export interface OpeningContext {
  ownerName: string;
  /** What it came from, as people call it. */
  origin?: string | undefined;
  /** Without a trailing slash. */
  publicUrl: string;
}

const MARKER = /^Firebreak (act_[0-9A-Z]{26})[ \t]*$/gm;
/** Nobody sees it, and nothing is a name to the tracker any more. */
const BREAK = '\u200b';

/** By this line an issue is known again as an action item's, even if its key was lost on the way. */
export const markerOf = (actionItemId: string): string => `Firebreak ${actionItemId}`;

/** The action item that an issue's text says it stands for. Of several markers the last: ours ends our part. */
export const markedFor = (text: string): string | undefined =>
  [...text.replaceAll('\r', '').matchAll(MARKER)].at(-1)?.[1];

/** Text that calls nobody, and pretends to be no marker, in the tracker's own markup. */
const calm = (text: string, type: TrackerType): string => {
  const quiet = text
    .toWellFormed()
    .replaceAll('\r', '')
    .replace(MARKER, (line) => `${line.slice(0, 1)}${BREAK}${line.slice(1)}`)
    .replaceAll('@', `@${BREAK}`);
  // In Jira's markup these call people, load pictures and start macros.
  return type === 'jira' ? quiet.replace(/[[{!]/g, '\\$&') : quiet;
};

const CLOSED: Record<ActionItem['status'], Wanted['closed']> = {
  ...{ open: undefined, done: 'completed', proven: 'completed', dropped: 'dropped' },
};

/** The issue as the item wants it. */
export const wantedIssue = (item: ActionItem, setting: OpeningContext, type: TrackerType): Wanted => {
  const { ownerName, origin, publicUrl } = setting;
  const facts = [
    `Due: ${dateAndTime(item.dueAt)} (priority: ${item.priority})`,
    `Owner: ${oneLine(ownerName)}`,
    ...(origin ? [`Origin: ${oneLine(origin)}.`] : []),
    ...(item.status === 'dropped' ? ['This action item was dropped.'] : []),
  ].map((line) => `- ${calm(line, type)}`);
  const address = `- In Firebreak: ${publicUrl}/v1/action-items/${item.id}`;
  const text = item.text ? [calm(item.text, type)] : [];
  const note =
    'This part is kept up to date by Firebreak. What you write below the next line stays as it is.';
  const parts = [...text, [...facts, address].join('\n'), note, markerOf(item.id)];
  return { title: oneLine(item.title), text: parts.join('\n\n'), closed: CLOSED[item.status] };
};

/**
 * The text of an issue with our part of it replaced; what people wrote below it stays. Undefined when there is no part
 * of ours in it: then the whole text is theirs.
 */
export const withOurPart = (there: string, ours: string): string | undefined => {
  const text = there.replaceAll('\r', '');
  const found = [...text.matchAll(MARKER)].at(-1);
  if (!found || !ours.endsWith(found[0].trimEnd())) return undefined;
  return ours + text.slice(found.index + found[0].length);
};
