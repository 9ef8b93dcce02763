import { cut, oneLine } from '../../one-line.ts';
import { clockTime, dateAndTime, epoch, type Instant, milliseconds } from '../../time.ts';
import { cutToSeptets, septets, TWO_PARTS, toGsm } from './gsm.ts';
import type { Page } from './page.ts';
import { type Letter, mailHtml, mailText } from './page-mail.ts';

const LATE_AFTER = milliseconds('PT5M');
const LONGEST_SUBJECT = 150;
const LONGEST_NAME_IN_SMS = 24;
/** A title is never cut shorter than this, though the text then takes a third part. */
const SHORTEST_TITLE_IN_SMS = 20;

/** What a message says; `html` only where the channel shows it. */
export interface Words {
  subject: string;
  text: string;
  html?: string;
}

interface Occasion {
  /** The one-tap link of the person who is paged; undefined when it could not be made. */
  link: string | undefined;
  /** When it is handed over: more than 5 minutes after it was promised it says that it is late. */
  now: Instant;
}

/** What goes before everything else, so that it is read on a locked screen. Nothing on an ordinary page. */
const HERALD: Record<Page['purpose'], string> = {
  step: '',
  help: 'HELP wanted:',
  joined: 'NEW ALERT:',
  fallback: 'NOBODY ANSWERED:',
};

const WHY: Record<Page['purpose'], string> = {
  step: 'You are paged because this incident needs an answer.',
  help: 'A colleague who is working on this incident asks for your help.',
  joined: 'Another alert joined the incident that you answered.',
  fallback:
    'Nobody has answered this incident. You are the fallback contact, and are told again every 30 minutes until somebody does.',
};

const isLate = (page: Page, now: Instant): boolean => epoch(now) - epoch(page.promisedAt) > LATE_AFTER;

const named = (page: Page): string => `${page.severity.toUpperCase()} #${page.about.number}`;
const joined = (...pieces: string[]): string => pieces.filter((piece) => piece !== '').join(' ');

/** The words of a page for its channel. */
export const wordPage = (page: Page, occasion: Occasion): Words =>
  page.channel === 'sms' ? wordText(page, occasion) : wordMail(page, occasion);

const subjectOf = (page: Page, { now }: Occasion): string => {
  const { client, service, title } = page.about;
  const where = `${oneLine(client)} / ${oneLine(service)}`;
  const marks = joined(isLate(page, now) ? 'LATE' : '', HERALD[page.purpose]);
  return cut(oneLine(`[Firebreak] ${marks} ${named(page)} ${where}: ${oneLine(title)}`), LONGEST_SUBJECT);
};

const wordMail = (page: Page, occasion: Occasion): Words => {
  const late = isLate(page, occasion.now);
  const letter: Letter = {
    preview: subjectOf(page, occasion),
    heading: joined(HERALD[page.purpose], named(page)),
    title: oneLine(page.about.title),
    where: `${oneLine(page.about.client)} / ${oneLine(page.about.service)}`,
    opened: dateAndTime(page.about.openedAt),
    why: WHY[page.purpose],
    ...(late ? { late: `This page is late: it was promised at ${dateAndTime(page.promisedAt)}.` } : {}),
    link: occasion.link,
    incidentId: page.incidentId,
  };
  return { subject: letter.preview, text: mailText(letter), html: mailHtml(letter) };
};

const waysToAnswer = (code: number | undefined, link: string | undefined): string => {
  if (code === undefined) return link ? `Answer: ${link}` : 'Its link could not be made: answer by the API.';
  const reply = `Reply ${code}a ack, ${code}r resolve, ${code}e escalate`;
  return link ? `${reply}, or ${link}` : reply;
};

const wordText = (page: Page, occasion: Occasion): Words => {
  const { about, code } = page;
  const name = (text: string): string => cutToSeptets(toGsm(oneLine(text)), LONGEST_NAME_IN_SMS);
  const late = isLate(page, occasion.now) ? 'LATE' : '';
  const head = `${joined('[Firebreak]', late, HERALD[page.purpose], named(page))} ${name(about.client)} / ${name(about.service)}: `;
  const tail = ` (${clockTime(about.openedAt)} UTC). ${waysToAnswer(code, occasion.link)}`;
  const room = Math.max(SHORTEST_TITLE_IN_SMS, TWO_PARTS - septets(head) - septets(tail));
  return {
    subject: subjectOf(page, occasion),
    text: `${head}${cutToSeptets(toGsm(oneLine(about.title)), room)}${tail}`,
  };
};
