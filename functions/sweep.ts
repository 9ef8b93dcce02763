/**
 * When: every minute (on one machine every 10 seconds).
 * What: performs every promise that is due and was not performed, and once an hour looks for unanswered incidents
 * without a next step.
 * Safe to repeat: everything is claimed before it is performed, so two sweeps at once share the work.
 */
import { after, type Instant } from '../shared/domain/time.ts';
import { backgroundFunction } from '../shared/edge/lambda.ts';
import { ports } from '../shared/edge/ports.ts';
import type { Ports } from '../shared/workflow/engine/ports.ts';
import { repair } from '../shared/workflow/engine/repair.ts';
import { sweep } from '../shared/workflow/engine/sweep.ts';

const AUDIT_EVERY = 'PT1H';
/** When this process last did an audit to its end: a new one does one too many, and none is missed. */
const audits = new WeakMap<Ports, Instant>();

const isAuditDue = (world: Ports): boolean => {
  const last = audits.get(world);
  return last === undefined || after(last, AUDIT_EVERY) <= world.clock.now();
};

export const handler = backgroundFunction('sweep', async (_event: unknown) => {
  const world = await ports();
  const report = await sweep(world);
  if (isAuditDue(world)) {
    const began = world.clock.now();
    await repair(world);
    audits.set(world, began);
  }
  return report;
});
