import type { OutgoingRequest, Ports } from '../workflow/engine/ports.ts';
import { exchange, type Options } from './web.ts';

/** Milliseconds: it must fit into a lease more than once. */
const LONGEST = 10_000;

/**
 * Calls somebody else's API, by the rules that pages are read by: https only, public addresses only, connected to the
 * very address that was looked at, no redirects; 10 seconds and 1 MB at most.
 * @throws with a reason that may be shown; it quotes neither the answer nor what was sent.
 */
export const httpRequest = (
  { url, method, headers, body }: OutgoingRequest,
  options: Options = {},
): ReturnType<Ports['httpRequest']> =>
  exchange({ url, method, headers, body, longest: LONGEST, called: 'answer' }, options);
