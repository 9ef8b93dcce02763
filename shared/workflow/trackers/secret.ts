import * as z from 'zod';
import type { Ports } from '../ports.ts';

/** What a tracker and this installation trust each other by. */
const TrackerSecret = z.object({
  /** With which its API is called. */
  token: z.string(),
  /** With which it signs what it sends. */
  webhook: z.string(),
});
type TrackerSecret = z.infer<typeof TrackerSecret>;

const nameOf = (trackerId: string): string => `trackers/${trackerId}`;

export const keepSecret = ({ vault }: Ports, trackerId: string, secret: TrackerSecret): Promise<void> =>
  vault.keep(nameOf(trackerId), JSON.stringify(secret));

/** Undefined when there is none. It may be a minute old. */
export const secretOf = async ({ vault }: Ports, trackerId: string): Promise<TrackerSecret | undefined> => {
  const kept = await vault.kept(nameOf(trackerId));
  return kept === undefined ? undefined : TrackerSecret.parse(JSON.parse(kept));
};

export const forgetSecret = ({ vault }: Ports, trackerId: string): Promise<void> =>
  vault.forget(nameOf(trackerId));
