import { channelOf } from '../../channels/channel.ts';
import type { Letter, Words } from '../../channels/declaration.ts';
import { cut, oneLine } from '../../one-line.ts';
import { epoch, type Instant, milliseconds } from '../../time.ts';
import type { Page } from './page.ts';

const LATE_AFTER = milliseconds('PT5M');
const LONGEST_SUBJECT = 150;

interface Occasion {
  /** The one-tap link of the person who is paged; undefined when it could not be made. */
  link: string | undefined;
  /** When it is handed over: more than 5 minutes after it was promised it says that it is late. */
  now: Instant;
}

/** What goes before everything else, so that it is read on a locked screen. Nothing on an ordinary page. */
const HERALD: Record<Page['purpose'], string> = {
  step: '',
  help: 'HELP REQUESTED:',
  joined: 'NEW ALERT:',
  fallback: 'NOBODY ANSWERED:',
};

const WHY: Record<Page['purpose'], string> = {
  step: 'This incident needs your response.',
  help: 'A responder on this incident asks for your help.',
  joined: 'Another alert joined the incident you acknowledged.',
  fallback:
    'Nobody has acknowledged this incident. You are the fallback contact and are paged every 30 minutes until someone does.',
};

const isLate = (page: Page, now: Instant): boolean => epoch(now) - epoch(page.promisedAt) > LATE_AFTER;

const named = (page: Page): string => `${page.severity.toUpperCase()} #${page.about.number}`;
const joined = (...pieces: string[]): string => pieces.filter((piece) => piece !== '').join(' ');

/** The words of a page for its channel. */
export const wordPage = (page: Page, occasion: Occasion): Words =>
  channelOf(page.channel).render(letterOf(page, occasion));

const subjectOf = (page: Page, { now }: Occasion): string => {
  const { client, service, title } = page.about;
  const where = `${oneLine(client)} / ${oneLine(service)}`;
  const marks = joined(isLate(page, now) ? 'LATE' : '', HERALD[page.purpose]);
  return cut(oneLine(`[Firebreak] ${marks} ${named(page)} ${where}: ${oneLine(title)}`), LONGEST_SUBJECT);
};

const letterOf = (page: Page, occasion: Occasion): Letter => ({
  subject: subjectOf(page, occasion),
  heading: joined(HERALD[page.purpose], named(page)),
  title: oneLine(page.about.title),
  client: oneLine(page.about.client),
  service: oneLine(page.about.service),
  openedAt: page.about.openedAt,
  why: WHY[page.purpose],
  lateSince: isLate(page, occasion.now) ? page.promisedAt : undefined,
  link: occasion.link,
  code: page.code,
  incidentId: page.incidentId,
});
