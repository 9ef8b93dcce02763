import { oneLine } from '../../one-line.ts';
import { LINK_HERE } from '../../outbox/notice.ts';
import { dateAndTime } from '../../time.ts';
import type { ApproverRole, Review } from './review.ts';

interface Words {
  subject: string;
  text: string;
}

export const ROLE_NAMES: Record<ApproverRole, string> = {
  'technical-lead': 'technical lead',
  'project-manager': 'project manager',
};

/** `incident #12, “Shop is down”`. */
export const incidentOf = ({ incidentNumber, title }: Review): string =>
  `incident #${incidentNumber}, “${oneLine(title)}”`;

/** A message about a review to one of ours: what is wanted, what it is about, and where. */
export const aboutReview = (review: Review, mark: string, lines: readonly string[]): Words => ({
  subject: oneLine(`${mark}: review of #${review.incidentNumber} ${review.title}`),
  text: [
    ...lines,
    [
      `Review of ${incidentOf(review)} (${review.severity})`,
      `${oneLine(review.clientName)}, ${oneLine(review.serviceName)}`,
      ...(review.status === 'writing' ? [`Due ${dateAndTime(review.dueAt)}`] : []),
    ].join('\n'),
    LINK_HERE,
  ].join('\n\n'),
});

/** Asks somebody to approve; whoever wrote part of it is told who has to instead. */
export const askForApproval = (review: Review, approver: string | undefined, why: readonly string[]): Words =>
  aboutReview(review, 'Please approve', [
    ...why,
    approver !== undefined && review.authors.includes(approver)
      ? 'You wrote part of this review and cannot approve it. Name another approver.'
      : 'Please read it, and approve it or ask for changes.',
  ]);

/** Which approver there is not, and what to do. */
export const missingApprover = (roles: readonly ApproverRole[]): string =>
  `This review needs a ${roles.map((role) => ROLE_NAMES[role]).join(' and a ')} (two different people) before it can be approved. Set them on the review and on the client.`;

/** To a reader at the client. */
export const toReader = (review: Review, { name, number }: { name: string; number: number }): Words => ({
  subject: oneLine(`What happened to ${review.serviceName}${number > 1 ? ' (corrected)' : ''}`),
  text: [
    `Hello ${oneLine(name)},`,
    number > 1
      ? `we have written a new version of what happened to ${oneLine(review.serviceName)}, and what we do about it. This version replaces the previous one.`
      : `we have written down what happened to ${oneLine(review.serviceName)}, and what we do about it:`,
    LINK_HERE,
  ].join('\n\n'),
});
