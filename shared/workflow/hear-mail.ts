import * as z from 'zod';
import { pageDelivered, pageReturned } from './deliver.ts';
import type { Ports } from './ports.ts';

const Word = z.string().max(500).nullish();

/** What SES says about a mail that was sent. Tags are lists of one; mail without ours is not a page. */
const MailEvent = z.looseObject({
  'detail-type': z.string(),
  detail: z.looseObject({
    mail: z.looseObject({
      tags: z
        .looseObject({ incident: z.array(z.string()).nullish(), page: z.array(z.string()).nullish() })
        .nullish(),
    }),
    bounce: z.looseObject({ bounceType: Word, bounceSubType: Word }).nullish(),
    complaint: z.looseObject({ complaintSubType: Word, complaintFeedbackType: Word }).nullish(),
    reject: z.looseObject({ reason: Word }).nullish(),
    failure: z.looseObject({ errorMessage: Word }).nullish(),
  }),
});
type Detail = z.output<typeof MailEvent>['detail'];

const said = (what: string, ...words: (string | null | undefined)[]): string => {
  const why = words.filter(Boolean).join(', ');
  return why ? `${what} (${why})` : what;
};

/** Why a mail came back, by the event's type; without addresses, because the timeline shows it. */
const RETURNS: Record<string, (detail: Detail) => string> = {
  'Email Bounced': ({ bounce }) => said('The mail bounced', bounce?.bounceType, bounce?.bounceSubType),
  'Email Complaint Received': ({ complaint }) =>
    said('The mail was reported as spam', complaint?.complaintSubType, complaint?.complaintFeedbackType),
  'Email Rejected': ({ reject }) => said('The mail was rejected', reject?.reason),
  'Email Rendering Failed': ({ failure }) => said('The mail could not be made', failure?.errorMessage),
};

/**
 * Tells a page what became of its mail. Gives the reason of what it did.
 * @throws when the event is not as AWS documents it.
 */
export const hearMail = async (ports: Ports, event: unknown): Promise<string> => {
  const { 'detail-type': type, detail } = MailEvent.parse(event);
  const [incidentId] = detail.mail.tags?.incident ?? [];
  const [pageId] = detail.mail.tags?.page ?? [];
  if (!incidentId || !pageId) return 'not-a-page';
  if (type === 'Email Delivered') return pageDelivered(ports, incidentId, pageId);
  const why = RETURNS[type];
  return why ? pageReturned(ports, { incidentId, pageId }, why(detail)) : 'nothing-to-do';
};
