/**
 * When: somebody opens a one-tap link or taps a button behind it (HTTP), or answers a page by text (SNS).
 * What: shows the incident to whom the link was made for, and does what they ask for.
 * Safe to repeat: GET and HEAD change nothing, and every move is a normal outcome when it was made already.
 */
import type { SNSEvent, SNSEventRecord } from 'aws-lambda';
import * as z from 'zod';
import { Refused } from '../shared/domain/refused.ts';
import { bodyOf, type HttpEvent, type HttpReply } from '../shared/edge/http-event.ts';
import { backgroundFunction, httpFunction, type InvocationContext } from '../shared/edge/lambda.ts';
import { ports } from '../shared/edge/ports.ts';
import { ACTIONS, type Action, answerPage, plainPage, type Said } from '../shared/pages/answer-page.ts';
import { outcomeOf, overAlready } from '../shared/pages/answer-words.ts';
import { pageHeaders } from '../shared/pages/layout.ts';
import { providerSheet } from '../shared/pages/provider-sheet.ts';
import { newInvocation } from '../shared/workflow/engine/invocation.ts';
import type { Ports } from '../shared/workflow/engine/ports.ts';
import {
  type AnswerView,
  answerByLink,
  answerByText,
  providerByLink,
  viewByLink,
} from '../shared/workflow/paging/answer-page.ts';

interface Link {
  incidentId: string;
  personId: string;
  token: string;
  /** The page about the hosting provider is wanted, which nobody can answer. */
  sheet?: string | undefined;
}

const PATH =
  /^\/a\/(?<incidentId>\w{1,64})\/(?<personId>\w{1,64})\/(?<token>[\w.-]{1,64})(?<sheet>\/provider)?\/?$/;
const ALLOWED = 'GET, HEAD, POST, OPTIONS';

const reply = (statusCode: number, body: string): HttpReply => ({ statusCode, headers: pageHeaders(), body });

const notHere = (): HttpReply =>
  reply(404, plainPage('This link does not work', 'The link is incomplete or no longer valid.'));

const answerHttp = async (event: HttpEvent): Promise<HttpReply> => {
  const { method } = event.requestContext.http;
  if (method === 'OPTIONS') return { statusCode: 204, headers: { allow: ALLOWED }, body: '' };
  if (!['GET', 'HEAD', 'POST'].includes(method)) return notAllowed();
  const link = PATH.exec(event.rawPath)?.groups as Link | undefined;
  if (!link) return notHere();
  if (link.sheet && method === 'POST') return notAllowed();
  const world = await ports();
  try {
    return method === 'POST' ? await act(world, link, event) : await show(world, link);
  } catch (error) {
    return trouble(world, error);
  }
};

const notAllowed = (): HttpReply => {
  const page = reply(405, plainPage('This does not work', 'The page can only be opened and answered.'));
  return { ...page, headers: { ...page.headers, allow: ALLOWED } };
};

const show = async (world: Ports, link: Link): Promise<HttpReply> =>
  reply(
    200,
    link.sheet ? providerSheet(await providerByLink(world, link)) : answerPage(await viewByLink(world, link)),
  );

const act = async (world: Ports, link: Link, event: HttpEvent): Promise<HttpReply> => {
  const { action, seen } = answerIn(event);
  const view = await viewByLink(world, link);
  if (!action)
    return reply(400, answerPage(view, { words: 'Nothing was changed. Tap a button to answer.', bad: true }));
  try {
    const outcome = await answerByLink(world, { ...link, action, seen }, newInvocation(world));
    return told(outcome.view, outcomeOf(action, outcome));
  } catch (error) {
    if (error instanceof Refused && error.code === 'illegal-move')
      return told(await viewByLink(world, link), overAlready);
    throw error;
  }
};

const told = (view: AnswerView, said: Said): HttpReply => reply(said.bad ? 409 : 200, answerPage(view, said));

/** Which button, and which generation of the incident it was shown with: a second tap is not a second step. */
const answerIn = (event: HttpEvent): { action: Action | undefined; seen: number | undefined } => {
  const form = new URLSearchParams(Buffer.from(bodyOf(event) ?? '').toString('utf8'));
  const seen = form.get('seen');
  return {
    action: ACTIONS.find((action) => action === form.get('action')),
    seen: seen && /^\d{1,9}$/.test(seen) ? Number(seen) : undefined,
  };
};

/** A person is looking at this, perhaps at 3 am: even our own fault is a page that says what to do. */
const trouble = (world: Ports, error: unknown): HttpReply => {
  if (error instanceof Refused && error.code === 'not-found') return notHere();
  const busy = error instanceof Refused && error.code === 'unavailable';
  if (!busy) world.telemetry.alarm('answer-page-failed', error);
  const words = 'Your answer may not have been recorded. Go back and try again.';
  return reply(busy ? 503 : 500, plainPage('Something went wrong here', words));
};

/** An inbound text as SNS hands it over from a two-way number. */
const InboundText = z.object({
  originationNumber: z.string(),
  messageBody: z.string(),
  inboundMessageId: z.string().optional(),
});

/** What fails is thrown once all were tried, so that SNS delivers it again. */
const hearTexts = async (event: SNSEvent): Promise<void> => {
  const world = await ports();
  const outcomes = await Promise.allSettled(event.Records.map((record) => hearText(world, record)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
};

const hearText = async (world: Ports, { Sns }: SNSEventRecord): Promise<void> => {
  const { originationNumber: phone, messageBody: text, inboundMessageId } = readText(Sns.Message);
  const inbound = { phone, text, messageId: inboundMessageId ?? Sns.MessageId };
  world.telemetry.note('text-answered', { reason: await answerByText(world, inbound, newInvocation(world)) });
};

/** Throws without quoting what came: a text is personal, and an error is logged. */
const readText = (message: string): z.infer<typeof InboundText> => {
  try {
    return InboundText.parse(JSON.parse(message));
  } catch {
    throw new Error('An inbound text is not in the form in which SNS hands them over.');
  }
};

const byHttp = httpFunction('answer-page', answerHttp);
const byText = backgroundFunction('answer-page', hearTexts);

export const handler = (event: HttpEvent | SNSEvent, context?: InvocationContext) =>
  'Records' in event ? byText(event, context) : byHttp(event, context);
