import { expect, test } from 'vitest';
import { handler } from '../../functions/run-schedule.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { JOBS } from '../../shared/schedules/index.ts';
import { testEngine } from '../support/engine.ts';
import { intakePorts } from '../support/intake-desk.ts';

const engine = testEngine();

test.each(JOBS)(
  'the job $about.name can be run, and does nothing where there is nothing to do',
  async (job) => {
    const { store } = await engine.makeTable();
    const [ports, heard] = intakePorts(store);
    usePorts(ports);
    expect(await handler({ job: job.about.name })).toEqual({ reason: expect.any(String) });
    expect(await (await job.load()).isWanted(ports)).toBe(false);
    expect(heard.alarms).toEqual([]);
  },
);

test('a job that does not exist is our fault', async () => {
  await expect(handler({ job: 'nobody' })).rejects.toThrow('no recurring job');
  await expect(handler({})).rejects.toThrow();
});
