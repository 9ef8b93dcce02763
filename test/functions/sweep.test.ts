import { expect, test } from 'vitest';
import { handler } from '../../functions/sweep.ts';
import { after, type Duration } from '../../shared/domain/time.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const openDesk = deskOn(testEngine());

/** The function in a process of its own, at times that are told, and what its audits found. */
const sweeper = async () => {
  const desk = await openDesk();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  const all = { now: '2030-01-01T00:00:00.000Z', oldestFirst: true, limit: 10 };
  const loseSteps = async (): Promise<void> => {
    for (const { ref } of await desk.ports.store.due('timer', all))
      await desk.ports.store.commit([{ remove: ref }]);
  };
  let now = desk.ports.clock.now();
  const began = now;
  const alarms: string[] = [];
  usePorts({
    ...desk.ports,
    clock: { ...desk.ports.clock, now: () => now },
    telemetry: { ...desk.ports.telemetry, alarm: (event) => void alarms.push(event) },
  });
  const auditsAfter = async (time: Duration): Promise<number> => {
    await loseSteps();
    now = after(began, time);
    await handler({});
    return alarms.splice(0).filter((event) => event === 'next-step-was-missing').length;
  };
  return auditsAfter;
};

test('the first sweep of a process audits, and then every hour, whichever minutes are missed', async () => {
  const auditsAfter = await sweeper();
  expect(await auditsAfter('PT41M')).toBe(1);
  expect(await auditsAfter('PT1H40M')).toBe(0);
  expect(await auditsAfter('PT1H41M')).toBe(1);
  expect(await auditsAfter('PT4H3M')).toBe(1);
  expect(await auditsAfter('PT4H50M')).toBe(0);
});
