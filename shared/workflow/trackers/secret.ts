import * as z from 'zod';
import type { Tracker } from '../../domain/preventive/tracker/tracker.ts';
import { Refused } from '../../domain/refused.ts';
import type { Ports } from '../engine/ports.ts';

/** What a tracker and this installation trust each other by. */
const TrackerSecret = z.object({
  /** With which its API is called. */
  token: z.string(),
  /** Where it was given for; it is sent nowhere else. */
  apiUrl: z.string(),
  /** With which it signs what it sends. */
  webhook: z.string(),
});
export type TrackerSecret = z.infer<typeof TrackerSecret>;

const nameOf = (trackerId: string): string => `trackers/${trackerId}`;

export const keepSecret = ({ vault }: Ports, trackerId: string, secret: TrackerSecret): Promise<void> =>
  vault.keep(nameOf(trackerId), JSON.stringify(secret));

/** Undefined when there is none. It may be a minute old. */
export const secretOf = async ({ vault }: Ports, trackerId: string): Promise<TrackerSecret | undefined> => {
  const kept = await vault.kept(nameOf(trackerId));
  return kept === undefined ? undefined : TrackerSecret.parse(JSON.parse(kept));
};

/**
 * With what a tracker is called where it is now; undefined when there is nothing.
 * @throws Refused `unavailable` while what is known was given for another address: here that may be a minute old.
 */
export const tokenOf = async (
  ports: Ports,
  { id, apiUrl }: Pick<Tracker, 'id' | 'apiUrl'>,
): Promise<string | undefined> => {
  const secret = await secretOf(ports, id);
  if (!secret || secret.apiUrl === apiUrl) return secret?.token;
  throw new Refused(
    'unavailable',
    'The token of the tracker belongs to another address. Try again in a minute, or set a new token.',
  );
};

export const forgetSecret = ({ vault }: Ports, trackerId: string): Promise<void> =>
  vault.forget(nameOf(trackerId));
