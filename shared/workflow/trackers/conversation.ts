import type * as z from 'zod';
import { cut, oneLine } from '../../domain/one-line.ts';
import type { Tracker } from '../../domain/preventive/tracker/tracker.ts';
import { Refused } from '../../domain/refused.ts';
import { epoch, milliseconds } from '../../domain/time.ts';
import type { OutgoingRequest, Ports } from '../engine/ports.ts';

/** After that no further call is begun: with the one under way, all of it fits into a lease. */
const LONGEST = milliseconds('PT15S');
const LONGEST_ANSWER = 200;
const DEEPEST = 3;
/** What may be different in a while, besides all that is wrong on their side. */
const PASSING = [408, 409, 425, 429];
const RATE_LIMIT = /rate limit|abuse/i;

/** One call, below the tracker's address. */
export interface Call {
  method: OutgoingRequest['method'];
  path: string;
  body?: object;
}

/** One piece of work with a tracker: its calls, in one stretch of time. */
export interface Conversation {
  /** Where the tracker is, without a trailing slash. */
  apiUrl: string;
  /**
   * Calls it, and gives its answer as the schema has it.
   * @throws Refused with what it answered: `unavailable` when it may be different in a while, `unauthenticated` for a
   * refused token, `not-found` for what is not there, `invalid` for what will stay as it is.
   */
  ask<S extends z.ZodType>(schema: S, call: Call): Promise<z.output<S>>;
}

/** The API's address, as paths are put behind it. */
export const apiRoot = (apiUrl: string): string => {
  const { origin, pathname } = new URL(apiUrl);
  return `${origin}${pathname}`.replace(/\/+$/, '');
};

export const converse = (
  ports: Ports,
  {
    tracker,
    token,
    headers,
  }: { tracker: Pick<Tracker, 'apiUrl'>; token: string; headers: OutgoingRequest['headers'] },
): Conversation => {
  const apiUrl = apiRoot(tracker.apiUrl);
  const began = epoch(ports.clock.now());
  // As it is sent, it may be written in another way.
  const secrets = [token, ...(headers.authorization?.split(' ').slice(1) ?? [])];
  const answerTo = async ({ method, path, body }: Call) => {
    if (epoch(ports.clock.now()) - began > LONGEST) throw later('is slow to answer');
    try {
      return await ports.httpRequest({
        ...{ method, url: `${apiUrl}${path}` },
        headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    } catch (error) {
      throw later(`could not be reached: ${error instanceof Error ? error.message : 'no answer'}`);
    }
  };
  return {
    apiUrl,
    ask: async (schema, call) => {
      const { status, body } = await answerTo(call);
      const answer = jsonIn(body);
      if (status < 200 || status > 299) throw refusal(status, wordsIn(answer, secrets));
      const parsed = schema.safeParse(answer);
      if (!parsed.success) throw later(`answered ${status} with an unexpected response`);
      return parsed.data;
    },
  };
};

const later = (what: string): Refused => new Refused('unavailable', `The tracker ${what}.`);

const refusal = (status: number, words: string): Refused => {
  const said = `The tracker answered ${status}${words ? `: ${words}` : ''}.`;
  const passes = status >= 500 || PASSING.includes(status) || (status === 403 && RATE_LIMIT.test(words));
  if (passes) return new Refused('unavailable', said);
  if (status === 401) return new Refused('unauthenticated', said);
  if (status === 404 || status === 410) return new Refused('not-found', said);
  const moved = status >= 300 && status < 400 ? ' The project has moved: set its new address or name.' : '';
  return new Refused('invalid', `${said}${moved}`);
};

const jsonIn = (body: string): unknown => {
  try {
    return body === '' ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** The texts in it, a few levels down: an answer may be nested deeper than can be followed. */
const texts = (value: unknown, deeper = DEEPEST): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || deeper === 0) return [];
  return Object.values(value).flatMap((each) => texts(each, deeper - 1));
};

/** What it says in its own words, in the fields where GitHub and Jira say it; never a secret, should it repeat it. */
const wordsIn = (answer: unknown, secrets: string[]): string => {
  const { message, errorMessages, errors } = (answer ?? {}) as Record<string, unknown>;
  const said = [message, errorMessages, errors].flatMap((each) => texts(each)).slice(0, 5);
  const words = secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), said.join('; '));
  return cut(oneLine(words), LONGEST_ANSWER).replace(/\.$/, '');
};
