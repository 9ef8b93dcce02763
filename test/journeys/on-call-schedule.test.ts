import { expect, test } from 'vitest';
import type { Schedule } from '../../shared/domain/corrective/on-call/schedule.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const open = deskOn(testEngine());
const ID = 'sch_01KE6F3G000000000000W33K1Y';

/** The desk opens on Monday, 5 January 2026, 09:00 UTC. */
const onRota = async (rota: Partial<Schedule>) => {
  const target = { type: 'schedule' as const, id: ID };
  const desk = await open({
    cast: {
      steps: () => [
        { delay: 'PT5M', targets: [target] },
        { delay: 'PT5M', targets: [target] },
      ],
    },
  });
  const { ada, bo, cy } = desk.cast.people;
  const put: Schedule = {
    ...{
      kind: 'schedule',
      id: ID,
      version: 1,
      createdAt: desk.ports.clock.now(),
      updatedAt: desk.ports.clock.now(),
    },
    ...{ name: 'Weekly', timeZone: 'UTC', startsAt: '2026-01-05T09:00', personIds: [ada.id, bo.id, cy.id] },
    ...rota,
  };
  await desk.ports.store.commit([{ put }]);
  return desk;
};

test('whoever is on call this week is paged, and next week the next one', async () => {
  const desk = await onRota({});
  for (const name of ['ada', 'bo', 'cy', 'ada'] as const) {
    const { incidentId } = await desk.alert(`alert-${name}-${desk.ports.clock.now()}`);
    expectPagedByBoth(desk, name);
    await desk.does(name, 'resolve', incidentId);
    await desk.pass('P7D');
  }
});

test('a handoff between two steps: the second reaches who has taken over', async () => {
  const desk = await onRota({ startsAt: '2026-01-05T09:03' });
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  const { ada, bo } = desk.cast.people;
  expect([ada.id, bo.id]).toHaveLength(2);
  await desk.pass('PT5M');
  expectPagedByBoth(desk, 'ada');
  await desk.does('ada', 'resolve');
  await desk.pass('P6DT23H56M');
  await desk.alert('payments');
  expectPagedByBoth(desk, 'ada');
  await desk.pass('PT5M');
  expectPagedByBoth(desk, 'bo');
  await desk.does('bo', 'resolve', (await desk.incidents())[0]?.id);
});

test.each([
  ['the clocks go forward', '2026-03-29T00:59:00.000Z', 'ada', 'bo'],
  ['the clocks go back', '2026-10-25T01:29:00.000Z', 'ada', 'bo'],
] as const)(
  '%s in the very hour of the handoff: somebody is on call before and after',
  async (_, at, before, then) => {
    // In London the wall clock shows 01:30 never on 29 March, and twice on 25 October.
    const startsAt = `${at.slice(0, 10)}T01:30`;
    const weekBefore = new Date(Date.parse(`${startsAt}:00Z`) - 7 * 86_400_000).toISOString().slice(0, 16);
    const desk = await onRota({ timeZone: 'Europe/London', startsAt: weekBefore });
    const wait = (Date.parse(at) - Date.parse(desk.ports.clock.now())) / 1000;
    await desk.pass(`PT${wait}S`);
    const { incidentId } = await desk.alert('checkout');
    expectPagedByBoth(desk, before);
    await desk.does(before, 'resolve', incidentId);
    await desk.pass('PT1M');
    const second = await desk.alert('payments');
    expectPagedByBoth(desk, then);
    await desk.does(then, 'resolve', second.incidentId);
  },
);

test('a schedule that is gone reaches nobody, and the fallback contact is paged', async () => {
  const desk = await onRota({});
  await desk.ports.store.commit([{ remove: { kind: 'schedule', id: ID } }]);
  await desk.alert('checkout');
  desk.expectPaged('fallback');
});
