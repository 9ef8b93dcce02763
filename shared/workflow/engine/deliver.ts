import type { Effect } from '../../domain/outbox/timer.ts';
import type { Ref } from '../../domain/records.ts';
import { deliverNotice } from '../paging/deliver-notice.ts';
import { deliverPage } from '../paging/deliver-page.ts';
import { performEffect } from './perform-effect.ts';
import type { Ports } from './ports.ts';

/**
 * Performs one promise: claims it, so that nobody else does; then looks at what was committed before the claim; then
 * acts. What comes of a page is committed, a failure too. Answers the named outcome.
 * @throws only trouble with the store, or our own fault; the promise is then due again when its lease is over.
 */
export const deliver = async (
  ports: Ports,
  ref: Ref<'page'> | Ref<'notice'> | Ref<'effect'>,
  { asOf }: { asOf?: string } = {},
): Promise<string> => {
  const claimed = await ports.store.claim(ref, ports.clock.now(), asOf);
  if (!claimed) return 'not-to-be-had';
  if (claimed.kind === 'page') return deliverPage(ports, claimed);
  return claimed.kind === 'notice' ? deliverNotice(ports, claimed) : performEffect(ports, claimed as Effect);
};
