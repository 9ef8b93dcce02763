import { capabilitiesOf } from '../../channels/channel.ts';
import { cut, oneLine } from '../../one-line.ts';
import { LINK_HERE } from '../../outbox/notice.ts';
import type { Recipient } from '../../outbox/subject.ts';
import { inWords } from '../../spans.ts';
import { dateAndTime } from '../../time.ts';
import type { ActionItem, Verification } from './action-item.ts';

/** What the words of a message stand on. */
export interface OpeningContext {
  clientName: string;
  ownerName: string;
  /** What it came from, as people call it: `the review of incident 7, “Checkout is down”`. Absent when made by hand. */
  origin?: string | undefined;
}

/** What somebody is told, before what is known of the action item anyway. */
export interface Told {
  mark: string;
  lines: string[];
  /** What the link is for; absent where there is nothing to do. */
  asks?: string;
}

const LONGEST_SUBJECT = 150;
const LONGEST_SMS = 300;

/** How it is found out whether it holds, as the end of a sentence. */
export const proofOf = (verification: Verification): string => {
  switch (verification.type) {
    case 'statement':
      return `a second person confirms on ${dateAndTime(verification.lookAgainAt)}: “${oneLine(verification.statement)}”`;
    case 'no-recurrence':
      return `none of its causes recurs for ${inWords(verification.for)} after completion`;
    case 'log-error-stays-away':
      return `the error stays out of the logs for ${inWords(verification.for)} after completion`;
  }
};

/** What is known of it: what, for whom, from where, until when, and how it will be proven. */
const facts = (item: ActionItem, { clientName, ownerName, origin }: OpeningContext): string[] => [
  `Client: ${oneLine(clientName)}`,
  ...(origin ? [`Origin: ${oneLine(origin)}.`] : []),
  `Owner: ${oneLine(ownerName)}`,
  `Due: ${dateAndTime(item.dueAt)} (priority: ${item.priority})`,
  `Proven when ${proofOf(item.verification)}.`,
  `Firebreak id: ${item.id}.`,
];

/** What is written to one of ours; a text gets only its first lines. */
export const wordsFor = (
  item: ActionItem,
  setting: OpeningContext,
  { to, told }: { to: Recipient; told: Told },
) => {
  const title = oneLine(item.title);
  const subject = cut(`${told.mark}: ${title}`, LONGEST_SUBJECT);
  const link = told.asks ? [`${told.asks}\n${LINK_HERE}`] : [];
  if (capabilitiesOf(to.channel).short)
    return { subject, text: [cut([subject, ...told.lines].join('\n'), LONGEST_SMS), ...link].join('\n') };
  const what = [title, ...(item.text ? [item.text] : [])].join('\n');
  const paragraphs = [told.lines.join('\n'), what, facts(item, setting).join('\n'), ...link];
  return { subject, text: `${paragraphs.join('\n\n')}\n` };
};

export const SAY_DONE = 'Mark as done here:';
export const SAY_WHETHER = 'Verify here:';
