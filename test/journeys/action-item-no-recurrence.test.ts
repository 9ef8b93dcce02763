import { expect, test } from 'vitest';
import { actionDesk, LEAD, OWNER, recurred } from '../support/action-desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());
const verification = { type: 'no-recurrence' };

test('ninety days without its cause, and it is proven', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const cause = await actions.cause();
  await actions.sighting(cause);
  await desk.pass('PT1H');
  const { id } = await actions.make({ verification, causeIds: [cause.id, cause.id] });
  expect(actions.expectTold(OWNER, /^Assigned to you/).text).toContain(
    'none of its causes recurs for 90 days after completion',
  );
  await desk.pass('P1D');
  await actions.complete(id);
  await desk.pass('P89DT23H59M');
  desk.expectNobodyPaged();
  await desk.pass('PT1M');
  for (const address of [OWNER, LEAD])
    expect(actions.expectTold(address, /^Proven: Size the pool/).text).toContain(
      'the problem has not recurred since completion',
    );
  expect(await actions.item(id)).toMatchObject({ status: 'proven', causeIds: [cause.id] });
});

test('a cause that was seen meanwhile, though nobody said so, opens it again when the time is over', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const [one, other] = [await actions.cause(), await actions.cause('Retries pile up')];
  const { id } = await actions.make({ verification, causeIds: [one.id, other.id] });
  await actions.complete(id);
  desk.take(OWNER);
  await desk.pass('P30D');
  const incident = await actions.sighting(other);
  await desk.pass('P60D');
  for (const address of [OWNER, LEAD])
    expect(actions.expectTold(address, /^Open again/).text).toContain(
      `“Retries pile up” recurred on 2026-02-04 09:00 UTC in incident ${incident.number}`,
    );
  expect(await actions.item(id)).toMatchObject({ status: 'open', reopenings: 1 });
});

test('the same cause again: what was proven opens at once, once for each incident, and what is open is told', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const cause = await actions.cause();
  const [proven, undone, dropped] = [
    await actions.make({ verification: { type: 'no-recurrence', for: 'P1D' }, causeIds: [cause.id] }),
    await actions.make({ title: 'Alarm on waits', causeIds: [cause.id], dueAt: '2026-12-01T09:00:00Z' }),
    await actions.make({ title: 'Write it down', causeIds: [cause.id] }),
  ];
  await actions.drop(dropped.id, 'Known by heart.');
  await actions.complete(proven.id);
  await desk.pass('P2D');
  expect((await actions.item(proven.id)).status).toBe('proven');
  expect(actions.heard()).toHaveLength(6);

  const incident = await actions.sighting(cause, { recurs: true });
  expect(await actions.item(proven.id)).toMatchObject({
    ...{ status: 'open', reopenings: 1, reopenedFor: incident.id },
    reopenedBecause: expect.stringContaining(`in incident ${incident.number}`),
  });
  expect(actions.heard().sort()).toEqual([...['ada: Open again', 'ada: Recurred', 'bo: Open again']]);
  expect(await actions.item(undone.id)).toMatchObject({ status: 'open', reopenings: 0 });
  expect(await actions.history(undone.id)).toEqual(['made', 'recurred']);
  expect((await actions.item(dropped.id)).status).toBe('dropped');

  const seen = { causeId: cause.id, incidentId: incident.id };
  await actions.complete(proven.id);
  expect(await recurred(desk, seen)).toBe('recurred');
  await desk.reconcile();
  desk.expectNobodyPaged();
  expect((await actions.item(proven.id)).status).toBe('done');
  expect(await actions.history(undone.id)).toHaveLength(2);
});

test('an incident that began before it was done opens nothing; a cause that is taken off, neither', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const [cause, off] = [await actions.cause(), await actions.cause('Something else')];
  const { id } = await actions.make({ verification, causeIds: [cause.id, off.id] });
  const incident = await actions.sighting(cause);
  await desk.pass('PT1H');
  await actions.complete(id);
  await actions.change(id, { causeIds: [cause.id] });
  actions.heard();
  await recurred(desk, { causeId: cause.id, incidentId: incident.id });
  await desk.pass('PT1H');
  await actions.sighting(off, { recurs: true });
  expect((await actions.item(id)).status).toBe('done');
  desk.expectNobodyPaged();
});
