import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { MANAGER, OWNER, SECOND_LEVEL, SUPPORT, trafficDesk } from '../support/traffic-desk.ts';

const open = deskOn(testEngine());

test('a provider that never answers is asked every day, its next level too, and the manager is told in time to call', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { id } = await traffic.plan();
  traffic.expectTold(SUPPORT, /^Planned traffic:/);
  expect(desk.take(SECOND_LEVEL)).toEqual([]);

  for (let day = 1; day <= 9; day += 1) {
    await desk.pass('P1D');
    traffic.expectTold(SUPPORT, /^Please confirm/);
    traffic.expectTold(SECOND_LEVEL, /^Please confirm/);
    desk.expectNobodyPaged();
  }
  // The deadline is on the 13th day: a day before, a quarter of what is left comes sooner than a day.
  await desk.pass('P3D');
  const told = traffic.expectTold(MANAGER, /^No answer from the provider/);
  expect(told.text).toContain('Example Hosting has not confirmed');
  expect(told.text).toContain('+15550100900');
  expect(desk.take(SUPPORT, /^Please confirm/).length).toBeGreaterThanOrEqual(3);
  desk.take(SECOND_LEVEL);

  await desk.pass('P7D');
  for (const address of [OWNER, MANAGER])
    expect(traffic.expectTold(address, /^Tomorrow/).text).toContain('notified, not confirmed yet');
  await desk.pass('P1D');
  expect((await traffic.event(id)).notices).toMatchObject([{ state: 'sent' }]);
  desk.take(SUPPORT);
  desk.take(SECOND_LEVEL);
  // It has begun: nobody is asked any more.
  await desk.pass('PT5H');
  expect([...desk.take(SUPPORT), ...desk.take(SECOND_LEVEL)]).toEqual([]);
  traffic.overlook(OWNER, MANAGER);
  const outbox = (await traffic.notices(id)).map(({ promise }) => promise);
  expect(new Set(outbox).size).toBe(outbox.length);
});
