/**
 * When: somebody opens the link in a notice or taps a button there, or a calendar reads a client's feed (HTTP).
 * What: shows what it is about (planned traffic, a question, a review, an action item), does what they say, and serves
 * the calendar.
 * Safe to repeat: GET and HEAD change nothing, and saying it twice is saying it once.
 */
import { Refused } from '../shared/domain/refused.ts';
import { bodyOf, type HttpEvent, type HttpReply } from '../shared/edge/http-event.ts';
import { httpFunction } from '../shared/edge/lambda.ts';
import { ports } from '../shared/edge/ports.ts';
import { plainPage } from '../shared/pages/answer-page.ts';
import { pageHeaders } from '../shared/pages/layout.ts';
import { LONGEST, noticePage } from '../shared/pages/notice-page.ts';
import { noticeOutcome } from '../shared/pages/notice-words.ts';
import { newInvocation } from '../shared/workflow/engine/invocation.ts';
import type { Ports } from '../shared/workflow/engine/ports.ts';
import { answerByNotice, viewByNotice } from '../shared/workflow/paging/answer-notice.ts';
import type { NoticeLink, Said } from '../shared/workflow/paging/notice-answering.ts';
import { calendarByLink } from '../shared/workflow/traffic/calendar-feed.ts';

const NOTICE = /^\/n\/(?<subjectId>\w{1,64})\/(?<recipientId>[\w-]{1,64})\/(?<token>[\w.-]{1,64})\/?$/;
const CALENDAR = /^\/n\/(?<clientId>cli_\w{1,60})\/calendar\/(?<token>[\w.-]{1,64})\.ics$/;
const ALLOWED = { notice: 'GET, HEAD, POST, OPTIONS', calendar: 'GET, HEAD, OPTIONS' };

const reply = (statusCode: number, body: string): HttpReply => ({ statusCode, headers: pageHeaders(), body });

const notHere = (): HttpReply =>
  reply(404, plainPage('This link does not work', 'The link is incomplete or no longer valid.'));

const answer = async (event: HttpEvent): Promise<HttpReply> => {
  const { method } = event.requestContext.http;
  const calendar = CALENDAR.exec(event.rawPath)?.groups as { clientId: string; token: string } | undefined;
  const allow = calendar ? ALLOWED.calendar : ALLOWED.notice;
  if (method === 'OPTIONS') return { statusCode: 204, headers: { allow }, body: '' };
  if (!allow.split(', ').includes(method)) return notAllowed(allow);
  const link = NOTICE.exec(event.rawPath)?.groups as unknown as NoticeLink | undefined;
  if (!calendar && !link) return notHere();
  const world = await ports();
  try {
    if (calendar) return await feed(world, calendar);
    if (!link) return notHere();
    return method === 'POST' ? await note(world, link, event) : await show(world, link);
  } catch (error) {
    return trouble(world, error);
  }
};

const notAllowed = (allow: string): HttpReply => {
  const page = reply(405, plainPage('This does not work', 'The page can only be opened and answered.'));
  return { ...page, headers: { ...page.headers, allow } };
};

const show = async (world: Ports, link: NoticeLink): Promise<HttpReply> =>
  reply(200, await noticePage(await viewByNotice(world, link)));

const note = async (world: Ports, link: NoticeLink, event: HttpEvent): Promise<HttpReply> => {
  const said = saidIn(event);
  const kept = { action: said.action, note: said.note };
  if (isTooLong(said)) {
    const words = 'Nothing was recorded: your text is too long. Please shorten it.';
    return reply(400, await noticePage(await viewByNotice(world, link), { words, bad: true, kept }));
  }
  const { reason, view, words } = await answerByNotice(world, { ...link, said }, newInvocation(world));
  const outcome = words ? { words, bad: true } : noticeOutcome(reason);
  return reply(outcome.bad ? 409 : 200, await noticePage(view, { ...outcome, kept }));
};

const FIELDS = ['name', 'answer', 'note'] as const;
type Filled = Said & Record<(typeof FIELDS)[number] | 'action', string>;

/** Somebody wrote more than the form takes. */
const isTooLong = (said: Filled): boolean => FIELDS.some((field) => said[field].length > LONGEST[field]);

/** The form as it was filled in. A browser sends every line break as two characters, and counts it as one. */
const saidIn = (event: HttpEvent): Filled => {
  const form = new URLSearchParams(Buffer.from(bodyOf(event) ?? '').toString('utf8'));
  const text = (field: string): string => form.get(field)?.replaceAll('\r\n', '\n').trim() ?? '';
  const number = (field: 'seen' | 'revision') =>
    /^\d{1,9}$/.test(text(field)) ? { [field]: Number(text(field)) } : {};
  return {
    name: text('name'),
    answer: text('answer'),
    note: text('note'),
    action: text('action').slice(0, 20),
    ...number('seen'),
    ...number('revision'),
  };
};

/** Calendars ask again by themselves; nothing between may keep what is planned. */
const feed = async (world: Ports, link: { clientId: string; token: string }): Promise<HttpReply> => ({
  statusCode: 200,
  headers: {
    'content-type': 'text/calendar; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'x-content-type-options': 'nosniff',
  },
  body: await calendarByLink(world, link),
});

/** Whoever looks works for somebody else: even our own fault is a page that says what to do. */
const trouble = (world: Ports, error: unknown): HttpReply => {
  if (error instanceof Refused && error.code === 'not-found') return notHere();
  const busy = error instanceof Refused && error.code === 'unavailable';
  if (!busy) world.telemetry.alarm('answer-notice-failed', error);
  const words = 'Your answer may not have been recorded. Go back and try again.';
  return reply(busy ? 503 : 500, plainPage('Something went wrong here', words));
};

export const handler = httpFunction('answer-notice', answer);
