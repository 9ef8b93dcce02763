import { expect, test } from 'vitest';
import { Refused } from '../../shared/domain/refused.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { SUPPORT, trafficDesk } from '../support/traffic-desk.ts';

const open = deskOn(testEngine());

test('cancelled: whoever was told hears so once, and nothing of it comes any more', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { id } = await traffic.plan();
  const notice = traffic.expectTold(SUPPORT, /^Planned traffic:/);
  const { status, notices } = await traffic.cancel(id, 'No stock');
  expect({ status, state: notices[0]?.state }).toEqual({ status: 'cancelled', state: 'withdrawn' });
  expect(traffic.expectTold(SUPPORT, /^Planned traffic is cancelled/).text).not.toContain('{{link}}');
  const refused = await traffic.tap(notice).catch((error) => error);
  expect(refused).toBeInstanceOf(Refused);
  expect(refused).toMatchObject({ code: 'illegal-move' });
  await traffic.cancel(id);
  await desk.pass('P30D');
  desk.expectNobodyPaged();
});

test('cancelled before anybody was told: nobody hears of it', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { id } = await traffic.plan({ urls: [] });
  traffic.expectTold('ada@example.com', /^Please complete/);
  await traffic.cancel(id);
  await desk.pass('P30D');
  desk.expectNobodyPaged();
});
