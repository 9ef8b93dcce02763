import * as z from 'zod';
import { digest } from '../../id.ts';
import { Instant } from '../../time.ts';
import { type ActionItem, IssueLink } from '../action-item/action-item.ts';

/** Of an issue's title; GitHub and Jira take no longer one. It is kept with the action item. */
export const LONGEST_TITLE = 256;

/** An issue as its tracker shows it. */
export interface Issue {
  /** `42`, `OPS-17`. */
  key: string;
  /** Where people read it. */
  url: string;
  title: string;
  state: 'open' | 'closed';
  /** When it was changed last, by the tracker's clock. */
  changedAt: Instant;
  text: string;
}

/** An issue as its action item wants it. */
export interface Wanted {
  title: string;
  /** Our part of its text, which ends in the marker. */
  text: string;
  closed?: 'completed' | 'dropped' | undefined;
}

/** What is to be different about an issue; what is absent stays. */
export interface IssueChange {
  title?: string;
  text?: string;
  state?: 'open' | 'closed';
  /** How it is closed. */
  closed?: Wanted['closed'];
}

/**
 * What is known of an item's issue, as the link keeps it: what the tracker said last, and what was last brought there.
 * Of both only what is news is acted on, so that nothing goes round in a circle.
 */
export const KnownIssue = z.looseObject({
  ...IssueLink.shape,
  title: z.string().optional(),
  changedAt: Instant.optional(),
  /** When we changed it last, by the tracker's clock: nothing up to then is news. */
  writtenAt: Instant.optional(),
  brought: z.looseObject({ title: z.string(), text: z.string() }).optional(),
});
export type KnownIssue = z.infer<typeof KnownIssue>;

export const knownIssue = ({ link }: Pick<ActionItem, 'link'>): KnownIssue | undefined =>
  link && KnownIssue.parse(link);

/** What the link remembers of what was brought: the title, and a hash of the text. */
export const broughtOf = ({ title, text }: Wanted) => ({ title, text: digest(text) });

/** What has to be written to the issue, or undefined: only what the item says anew, and whether it is closed. */
export const changeFor = (wanted: Wanted, { state, brought }: KnownIssue): IssueChange | undefined => {
  const now = broughtOf(wanted);
  const should = wanted.closed ? 'closed' : 'open';
  const change: IssueChange = {
    ...(brought?.title === now.title ? {} : { title: wanted.title }),
    ...(brought?.text === now.text ? {} : { text: wanted.text }),
    ...(state === should ? {} : { state: should, closed: wanted.closed }),
  };
  return Object.keys(change).length > 0 ? change : undefined;
};
