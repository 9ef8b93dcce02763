import { expect, test } from 'vitest';
import { firebreak } from '../../shared/domain/directory/access.ts';
import { reportOutcome } from '../../shared/workflow/traffic/answer.ts';
import { showEvent } from '../../shared/workflow/traffic/read.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { MANAGER, OWNER, SUPPORT, trafficDesk } from '../support/traffic-desk.ts';

const open = deskOn(testEngine());

test('how one went is kept for the next one of its kind; whoever never says is asked three times', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const first = await traffic.plan();
  await traffic.plan({ name: 'Pentest', type: 'launch' });
  await traffic.tap(desk.take(SUPPORT)[0] ?? expect.fail('nothing was sent'));
  await desk.pass('P20DT7H');
  traffic.overlook(OWNER, MANAGER, SUPPORT, 'second@hosting.example.com');
  await desk.pass('P2D');
  expect(desk.take(OWNER, /^How did it go/)).toHaveLength(2);
  await desk.pass('P3D');
  expect(desk.take(OWNER, /^How did it go/)).toHaveLength(2);
  await desk.pass('P10D');
  desk.expectNobodyPaged();

  const outcome = { peak: { requestsPerSecond: 2100 }, problems: 'The cart was slow for ten minutes.' };
  await reportOutcome(desk.ports, traffic.caller(), { id: first.id, outcome });
  const next = await traffic.plan({ startsAt: '2026-03-25T10:00', endsAt: '2026-03-25T15:00' });
  traffic.expectTold(SUPPORT, /^Planned traffic:/);
  const { similar } = await showEvent(desk.ports, firebreak, next.id);
  expect(similar).toMatchObject([{ id: first.id, expectedPeak: { requestsPerSecond: 1200 }, outcome }]);
});
