import * as z from 'zod';
import type { Ports } from '../engine/ports.ts';
import { type PageName, pageDelivered, pageReturned } from './page-news.ts';

const Word = z.string().max(500).nullish();
const Tag = z.array(z.string()).nullish();

/** What SES says about a mail that was sent. Tags are lists of one; mail without ours is not a page. */
const MailEvent = z.looseObject({
  'detail-type': z.string(),
  detail: z.looseObject({
    mail: z.looseObject({ tags: z.looseObject({ incident: Tag, page: Tag, promise: Tag }).nullish() }),
    bounce: z.looseObject({ bounceType: Word, bounceSubType: Word }).nullish(),
    complaint: z.looseObject({ complaintSubType: Word, complaintFeedbackType: Word }).nullish(),
    reject: z.looseObject({ reason: Word }).nullish(),
    failure: z.looseObject({ errorMessage: Word }).nullish(),
  }),
});
type MailEvent = z.output<typeof MailEvent>;

const said = (what: string, ...words: (string | null | undefined)[]): string => {
  const why = words.filter(Boolean).join(', ');
  return why ? `${what} (${why})` : what;
};

/** Why a mail came back, without addresses, because the timeline shows it; undefined when it did not. */
const returnOf = ({ 'detail-type': type, detail }: MailEvent): string | undefined => {
  const { bounce, complaint, reject, failure } = detail;
  switch (type) {
    case 'Email Bounced':
      return said('The mail bounced', bounce?.bounceType, bounce?.bounceSubType);
    case 'Email Complaint Received':
      return said(
        'The mail was reported as spam',
        complaint?.complaintSubType,
        complaint?.complaintFeedbackType,
      );
    case 'Email Rejected':
      return said('The mail was rejected', reject?.reason);
    case 'Email Rendering Failed':
      return said('The mail could not be rendered', failure?.errorMessage);
    default:
      return undefined;
  }
};

/** Which page a mail was; the promise's name is in base64url, because of what a tag may hold. */
const pageNamed = ({ detail }: MailEvent): PageName | undefined => {
  const { incident, page, promise } = detail.mail.tags ?? {};
  const [[incidentId], [pageId], [encoded]] = [incident ?? [], page ?? [], promise ?? []];
  if (!incidentId || !pageId) return undefined;
  return { incidentId, pageId, promise: encoded && Buffer.from(encoded, 'base64url').toString() };
};

/**
 * Tells a page what became of its mail. Gives the reason of what it did.
 * @throws when the event is not as AWS documents it.
 */
export const handleMailEvent = async (ports: Ports, given: unknown): Promise<string> => {
  const event = MailEvent.parse(given);
  const name = pageNamed(event);
  if (!name) return 'not-a-page';
  if (name.pageId.startsWith('ntc_'))
    return hearOfNotice(ports, { subjectId: name.incidentId, noticeId: name.pageId }, event);
  if (event['detail-type'] === 'Email Delivered') return pageDelivered(ports, name);
  const why = returnOf(event);
  return why ? pageReturned(ports, name, why) : 'nothing-to-do';
};

const hearOfNotice = async (
  ports: Ports,
  which: { subjectId: string; noticeId: string },
  event: MailEvent,
): Promise<string> => {
  const { noticeDelivered, noticeReturned } = await import('./deliver-notice.ts');
  if (event['detail-type'] === 'Email Delivered') return noticeDelivered(ports, which);
  const why = returnOf(event);
  return why ? noticeReturned(ports, which, why) : 'nothing-to-do';
};
