/** One thing wrong with what the caller sent; `path` is a JSON path such as `body.steps[0].delay`. */
export interface Problem {
  path: string;
  message: string;
}

/** Why the caller was refused. The edge maps each to one HTTP status, once. */
export type RefusalCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'illegal-move'
  | 'in-use'
  | 'stale'
  | 'too-large'
  | 'not-json'
  | 'key-reused'
  | 'too-many'
  | 'unavailable';

/**
 * The caller is wrong (or has to come back later), and the message tells them what to do.
 * Anything else that is thrown is our own fault.
 */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly problems: Problem[];
  constructor(code: RefusalCode, message: string, problems: Problem[] = []) {
    super(message);
    this.name = 'Refused';
    this.code = code;
    this.problems = problems;
  }
}
