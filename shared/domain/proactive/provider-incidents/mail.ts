import { digest } from '../../id.ts';
import type { Instant } from '../../time.ts';
import { legible, linkOf, type Report } from './report.ts';

const STATUS =
  /\b(investigating|identified|monitoring|in[ _]progress|verifying|resolved|completed|postmortem|update)\b/i;
const NEW_STATUS = /^(?:new )?(?:incident )?status: ?(\w[\w ]{0,30})$/i;
const PAGE_NAME = /^\s*(?:re:|fwd?:)?\s*(?:\[[^\]]{0,100}\]\s*)?/i;
const MOST_LINES = 500;
const LONGEST_LINE = 2000;
const ENDED = /^(resolved|completed|postmortem)$/;
const IMPACT = /\b(critical|major|minor)\b/i;
const MAINTENANCE = /\bmaintenance\b/i;
const URLS = /https:\/\/[^\s<>"')\]]{1,500}/g;
/** Where a status page names the incident by its id. */
const INCIDENT = /\/incidents\/([a-z0-9]{1,64})\b/i;

/** A mail as a mailbox's rule hands it over. */
export interface StatusMail {
  subject: string;
  text: string;
}

/** Lines without the blanks that could make reading them slow. */
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .slice(0, MOST_LINES)
    .map((line) => line.replace(/\s+/g, ' ').trim().slice(0, LONGEST_LINE));

const statusIn = ({ subject, text }: StatusMail): string | undefined => {
  const lines = linesOf(text);
  const named = lines.map((line) => NEW_STATUS.exec(line)?.[1]).find(Boolean);
  const status = named ?? STATUS.exec(subject)?.[1] ?? firstOf(text)?.status;
  return status?.trim().toLowerCase().replaceAll(' ', '_');
};

/** `Investigating - We are looking into it.` */
const firstOf = (text: string): { status: string; words: string } | undefined => {
  for (const line of linesOf(text)) {
    const [status = '', ...words] = line.split(/ [-–—] /);
    if (status.length < 30 && STATUS.test(status) && words.length > 0)
      return { status, words: words.join(' - ') };
  }
  return undefined;
};

/** The subject without the page's name and the status. */
const titleIn = ({ subject }: StatusMail): string => {
  const bare = subject.replace(PAGE_NAME, '').replace(STATUS, '');
  return legible(bare.replace(/^[\s:–—-]+|[\s:–—-]+$/g, ''), 200);
};

const impactIn = ({ subject, text }: StatusMail): Report['impact'] => {
  if (MAINTENANCE.test(subject)) return 'maintenance';
  const word = IMPACT.exec(subject)?.[1] ?? /impact:?\s*(critical|major|minor)/i.exec(text)?.[1];
  return (word?.toLowerCase() as Report['impact'] | undefined) ?? 'minor';
};

/**
 * Reads a mail in the manner of a Statuspage subscription: the status in the subject or as `Status - words` in the
 * text, and the incident's page as a link. Undefined when no status can be found in it.
 */
export const readStatusMail = (mail: StatusMail, now: Instant): Report | undefined => {
  const status = statusIn(mail);
  const title = titleIn(mail);
  if (!status || !title) return undefined;
  const links = (mail.text.match(URLS) ?? []).flatMap((each) => linkOf(each.replace(/[.,;]+$/, '')) ?? []);
  const link =
    links.find((each) => INCIDENT.test(each)) ?? links.find((each) => each.includes('//stspg.io/'));
  const externalId = INCIDENT.exec(link ?? '')?.[1] ?? `mail:${digest(title.toLowerCase())}`;
  const lastUpdate = legible(firstOf(mail.text)?.words ?? '', 1000);
  return {
    externalId,
    title,
    impact: impactIn(mail),
    status,
    over: ENDED.test(status),
    startedAt: now,
    lastUpdateAt: now,
    ...(link ? { link } : {}),
    ...(lastUpdate ? { lastUpdate } : {}),
  };
};
