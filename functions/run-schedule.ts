/**
 * When: the schedule of a recurring job comes round (on one machine, its clock says so).
 * What: loads the job from the registry and does it.
 * Safe to repeat: so is every job; what one round leaves, the next one does.
 */
import * as z from 'zod';
import { backgroundFunction } from '../shared/edge/lambda.ts';
import { ports } from '../shared/edge/ports.ts';
import { jobNamed } from '../shared/schedules/index.ts';

const Due = z.object({ job: z.string() });

export const handler = backgroundFunction('run-schedule', async (event: unknown) => {
  const { job: name } = Due.parse(event);
  const job = await jobNamed(name).load();
  return { reason: await job.run(await ports()) };
});
