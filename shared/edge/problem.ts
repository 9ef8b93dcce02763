import { type Problem, type RefusalCode, Refused } from '../domain/refused.ts';
import type { HttpReply } from './http-event.ts';

/** What goes wrong in HTTP alone joins what a workflow refuses. */
export type ProblemCode = RefusalCode | 'method-not-allowed' | 'internal';

interface About {
  status: number;
  title: string;
  headers?: Record<string, string>;
}

/** Every problem that the API answers with: its status, its title, and headers that say what to do. */
export const PROBLEMS: Record<ProblemCode, About> = {
  invalid: { status: 400, title: 'The request has invalid fields' },
  unauthenticated: {
    status: 401,
    title: 'A valid key is required',
    headers: { 'www-authenticate': 'Bearer' },
  },
  forbidden: { status: 403, title: 'The key does not allow this' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'This path does not accept this method' },
  'illegal-move': { status: 409, title: 'Not possible in the current state' },
  'in-use': { status: 409, title: 'Still in use' },
  stale: { status: 412, title: 'Changed since it was read' },
  'too-large': { status: 413, title: 'The body is too large' },
  'not-json': { status: 415, title: 'The body must be JSON' },
  'key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'too-many': { status: 429, title: 'Too many requests', headers: { 'retry-after': '60' } },
  unavailable: { status: 503, title: 'Temporarily unavailable', headers: { 'retry-after': '2' } },
  internal: { status: 500, title: 'Internal error' },
};

/** Nobody reads more, and a reply must stay small. */
const MOST_ERRORS = 100;

interface Particulars {
  detail?: string;
  errors?: Problem[];
  headers?: Record<string, string>;
}

/** A problem as RFC 9457 has it. `type` leads to the API's own page about it. */
export const problemReply = (code: ProblemCode, particulars: Particulars = {}): HttpReply => {
  const { status, title, headers } = PROBLEMS[code];
  const { detail, errors = [] } = particulars;
  const said = detail === undefined ? {} : { detail, errors: errors.slice(0, MOST_ERRORS) };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json', ...headers, ...particulars.headers },
    body: JSON.stringify({ type: `/docs#${code}`, title, status, code, ...said }),
  };
};

/** The answer to whatever was thrown: a refusal explains itself, anything else says nothing of what went wrong. */
export const problemOf = (error: unknown): HttpReply =>
  error instanceof Refused
    ? problemReply(error.code, { detail: error.message, errors: error.problems })
    : problemReply('internal');
