import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Tracker } from '../../domain/preventive/tracker/tracker.ts';
import { Refused } from '../../domain/refused.ts';
import type { Ports } from '../engine/ports.ts';
import { secretOf } from './secret.ts';

/** What came to a tracker's address. */
export interface Signed {
  trackerId: string;
  /** As it was sent: it is what is signed. */
  raw: Uint8Array;
  signatures: { github: string | undefined; jira: string | undefined };
}

const ID = /^trk_[0-9A-Z]{26}$/;
const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;
/** Signs for nobody: an unknown tracker takes as long to refuse as a known one. */
const NOBODY = 'nobody';

/**
 * The tracker that sent it, which its signature proves.
 * @throws Refused `unauthenticated`, in the same words for a wrong signature and for an unknown tracker.
 */
export const signedBy = async (ports: Ports, { trackerId, raw, signatures }: Signed): Promise<Tracker> => {
  const tracker = ID.test(trackerId) ? await ports.store.get({ kind: 'tracker', id: trackerId }) : undefined;
  const secret = tracker && (await secretOf(ports, tracker.id));
  const isSigned = isSignature(secret?.webhook ?? NOBODY, raw, signatures[tracker?.type ?? 'github']);
  if (tracker && secret && isSigned) return tracker;
  throw new Refused(
    'unauthenticated',
    'The signature does not match any tracker. Set the webhook secret that was shown when the tracker was created.',
  );
};

/** `sha256=<hex>` of the body as it was sent. Takes as long for a near miss as for any other. */
const isSignature = (secret: string, raw: Uint8Array, given = ''): boolean => {
  const expected = createHmac('sha256', secret).update(raw).digest();
  const [, hex = ''] = SIGNATURE.exec(given) ?? [];
  const shown = Buffer.from(hex, 'hex');
  return shown.length === expected.length && timingSafeEqual(shown, expected);
};
