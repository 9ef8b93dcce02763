import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { MANAGER, OWNER, SUPPORT, trafficDesk } from '../support/traffic-desk.ts';

const open = deskOn(testEngine());

test('the owner is reminded every day until all is known, the manager when the deadline is a day away', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { id } = await traffic.plan({ expectedPeak: {}, urls: [] });
  expect(traffic.expectTold(OWNER, /^Please complete/).text).toContain('asks for: Expected peak, Pages');
  for (let day = 1; day <= 12; day += 1) {
    desk.expectNobodyPaged();
    await desk.pass('P1D');
    traffic.expectTold(OWNER, /^Please complete/);
    if (day === 12) traffic.expectTold(MANAGER, /^No answer from the provider/);
  }
  await traffic.change(id, { expectedPeak: { concurrentUsers: 8000 } });
  desk.expectNobodyPaged();
  await traffic.change(id, { urls: ['https://shop.example.com/sale'] });
  const notice = traffic.expectTold(SUPPORT, /^Planned traffic:/);
  expect(notice.text).toContain('Expected peak: 8,000 people at once');
  await traffic.tap(notice);
  await desk.pass('P3D');
  desk.expectNobodyPaged();
});

test('never completed: nobody is reminded once it has begun', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  await traffic.plan({ urls: [] });
  await desk.pass('P20DT5H');
  expect(desk.take(OWNER, /^Please complete/)).toHaveLength(20);
  // The deadline passed while it was not complete: that it is too late now is said once.
  traffic.expectTold(MANAGER, /^Too late for the provider/);
  traffic.overlook(OWNER, MANAGER);
});
