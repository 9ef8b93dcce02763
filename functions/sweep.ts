/**
 * When: every minute (on one machine every 10 seconds).
 * What: performs every promise that is due and was not performed, and once an hour looks for unanswered incidents
 * without a next step.
 * Safe to repeat: everything is claimed before it is performed, so two sweeps at once share the work.
 */
import { backgroundFunction } from '../shared/edge/lambda.ts';
import { ports } from '../shared/edge/ports.ts';
import { audit } from '../shared/workflow/audit.ts';
import { sweep } from '../shared/workflow/sweep.ts';

/** The minute of the hour in which the audit runs. */
const AUDIT_AT = ':17:';

export const handler = backgroundFunction('sweep', async (_event: unknown) => {
  const world = await ports();
  const report = await sweep(world);
  if (world.clock.now().includes(AUDIT_AT)) await audit(world);
  return report;
});
