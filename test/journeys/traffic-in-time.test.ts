import { expect, test } from 'vitest';
import { firebreak } from '../../shared/domain/directory/access.ts';
import { reportOutcome } from '../../shared/workflow/traffic/answer.ts';
import { proofOf } from '../../shared/workflow/traffic/proof.ts';
import { historyOf } from '../../shared/workflow/traffic/read.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { MANAGER, OWNER, SUPPORT, trafficDesk } from '../support/traffic-desk.ts';

const open = deskOn(testEngine());

test('a campaign announced in time: noted, remembered the day and the hour before, and asked about afterwards', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { id, warnings } = await traffic.plan();
  expect(warnings).toEqual([]);

  const notice = traffic.expectTold(SUPPORT, /^Planned traffic: Winter sale/);
  expect(notice.text).toContain('Sun 25 Jan 2026, 10:00 Europe/Berlin (Sun 25 Jan 2026, 09:00 UTC)');
  expect(notice.text).toContain('Expected peak: 1,200 requests a second');
  expect(notice.text).toContain('Pages: https://shop.example.com/sale');
  expect(notice.text).toContain('Our account with you: EX-1');
  expect(notice.text).not.toContain('later than');
  expect(await traffic.tap(notice, { name: 'Hanna', answer: 'Ticket 4711' })).toBe('acknowledged');
  expect(await traffic.tap(notice, { name: 'Hanna', answer: 'Ticket 4711' })).toBe('acknowledged-already');

  await desk.pass('P18DT23H59M');
  desk.expectNobodyPaged();
  await desk.pass('PT1M');
  for (const address of [OWNER, MANAGER]) {
    const reminder = traffic.expectTold(address, /^Tomorrow: Winter sale/);
    expect(reminder.text).toContain('Example Hosting: confirmed by Hanna: Ticket 4711');
  }
  traffic.expectTold(SUPPORT, /^Tomorrow: planned traffic/);

  await desk.pass('PT20H');
  expect(traffic.expectTold(OWNER, /^On call/).text).toContain('Shop: Ada as it begins, Ada as it ends');
  await desk.pass('PT3H');
  for (const address of [OWNER, MANAGER]) traffic.expectTold(address, /^In an hour/);

  await desk.pass('PT6H');
  expect((await traffic.event(id)).status).toBe('over');
  await desk.pass('PT2H');
  traffic.expectTold(OWNER, /^How did it go/);
  await desk.pass('P2D');
  traffic.expectTold(OWNER, /^How did it go/);
  const outcome = { peak: { requestsPerSecond: 900 }, problems: '' };
  await reportOutcome(desk.ports, traffic.caller(), { id, outcome });
  await desk.pass('P10D');
  desk.expectNobodyPaged();

  const proof = await proofOf(desk.ports, firebreak, id);
  expect(proof.notices.map(({ occasion, state }) => `${occasion} ${state}`)).toEqual([
    'announcement handed-over',
    'day-before handed-over',
  ]);
  expect(proof.notices[0]).toMatchObject({ acknowledgedBy: 'Hanna', answer: 'Ticket 4711' });
  const history = await historyOf(desk.ports, firebreak, { id, limit: 100 });
  // What happened within the same millisecond is in no order that counts.
  expect(history.items.map(({ what }) => what).sort()).toEqual(
    [
      ...['planned', 'notice-promised', 'notice-sent', 'acknowledged'],
      ...['day-before', 'notice-sent', 'notice-sent', 'notice-sent', 'cover', 'notice-sent'],
      ...['hour-before', 'notice-sent', 'notice-sent', 'over'],
      ...['follow-up', 'notice-sent', 'follow-up', 'notice-sent', 'outcome'],
    ].sort(),
  );
});
