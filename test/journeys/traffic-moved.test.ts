import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { SECOND_LEVEL, SUPPORT, trafficDesk } from '../support/traffic-desk.ts';

const open = deskOn(testEngine());

test('moved after the notice: everybody who was told hears what changed, and is asked again', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { id } = await traffic.plan();
  traffic.expectTold(SUPPORT, /^Planned traffic:/);
  await desk.pass('P1D');
  const again = traffic.expectTold(SUPPORT, /^Please confirm/);
  traffic.expectTold(SECOND_LEVEL, /^Please confirm/);
  await traffic.tap(again, { name: 'Hanna' });

  const moved = await traffic.change(id, { startsAt: '2026-01-27T10:00', endsAt: '2026-01-27T15:00' });
  expect(moved.notices).toMatchObject([{ state: 'sent', asked: 3 }]);
  expect(moved.notices[0]?.acknowledgedBy).toBeUndefined();
  for (const address of [SUPPORT, SECOND_LEVEL]) {
    const change = traffic.expectTold(address, /^Planned traffic has changed/);
    expect(change.text).toContain('Starts: Tue 27 Jan 2026, 10:00 Europe/Berlin');
    expect(change.text).toContain('Starts: was Sun 25 Jan 2026, 10:00 Europe/Berlin');
    if (address === SECOND_LEVEL) await traffic.tap(change, { name: 'Otto' });
  }
  expect((await traffic.event(id)).notices).toMatchObject([
    { state: 'acknowledged', acknowledgedBy: 'Otto' },
  ]);

  // The old day before passes in silence; the new one does not.
  await desk.pass('P19D');
  desk.expectNobodyPaged();
  await desk.pass('P1D');
  traffic.expectTold(SECOND_LEVEL, /^Tomorrow: planned traffic/);
  traffic.overlook('ada@example.com', 'bo@example.com');
});

test('what no provider is told may change without anybody hearing of it', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { id } = await traffic.plan();
  await traffic.tap(traffic.expectTold(SUPPORT, /^Planned traffic:/));
  const { generation, notices } = await traffic.change(id, { notes: 'The agency calls on Monday.' });
  expect({ generation, state: notices[0]?.state }).toEqual({ generation: 1, state: 'acknowledged' });
  await desk.pass('P5D');
  desk.expectNobodyPaged();
});
