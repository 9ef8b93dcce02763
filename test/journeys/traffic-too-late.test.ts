import { expect, test } from 'vitest';
import { firebreak } from '../../shared/domain/directory/access.ts';
import { historyOf } from '../../shared/workflow/traffic/read.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { MANAGER, SUPPORT, trafficDesk } from '../support/traffic-desk.ts';

const open = deskOn(testEngine());

test('announced too late: said in the answer, to the manager, to the provider, and in the history', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const late = { startsAt: '2026-01-08T10:00', endsAt: '2026-01-08T15:00' };
  const { id, warnings, notices } = await traffic.plan(late);
  expect(warnings).toEqual([
    'The deadline of Example Hosting has passed (Thu 1 Jan 2026, 10:00 Europe/Berlin (Thu 1 Jan 2026, 09:00 UTC)). Call them.',
  ]);
  expect(notices).toMatchObject([{ late: true, state: 'sent' }]);

  const notice = traffic.expectTold(SUPPORT, /^Planned traffic/);
  expect(notice.text).toContain('We are sorry that this comes later than the 7 days you ask for');
  const told = traffic.expectTold(MANAGER, /^Too late for the provider/);
  expect(told.text).toContain('Example Hosting, phone: Hotline, +15550100900 (always)');
  const { items } = await historyOf(desk.ports, firebreak, { id, limit: 100 });
  expect(items.find(({ what }) => what === 'late')?.text).toContain('Example Hosting needed this by');

  await traffic.tap(notice);
  await desk.pass('PT12H');
  desk.expectNobodyPaged();
});

test('less than a day is left to the deadline: the manager hears at once that nobody has answered', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  await traffic.plan({ startsAt: '2026-01-12T22:00', endsAt: '2026-01-13T02:00' });
  const notice = traffic.expectTold(SUPPORT, /^Planned traffic/);
  await desk.pass('PT1S');
  traffic.expectTold(MANAGER, /^No answer from the provider/);
  await traffic.tap(notice);
  await desk.pass('P1D');
  desk.expectNobodyPaged();
});
