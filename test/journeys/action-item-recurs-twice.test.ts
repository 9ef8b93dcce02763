import { expect, test } from 'vitest';
import type { Incident } from '../../shared/domain/corrective/incidents/incident.ts';
import { sweep } from '../../shared/workflow/engine/sweep.ts';
import { actionDesk, recurred } from '../support/action-desk.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());

/** That a cause came up in an incident, as it is promised. */
const promised = async ({ ports }: Desk, causeId: string, incident: Incident): Promise<void> => {
  const { id: incidentId, clientId } = incident;
  const perform = { type: 'reopen-for-recurrence' as const, causeId, incidentId };
  const effect = { subjectId: causeId, id: `eff_${incidentId}`, clientId, attempts: 0, perform };
  await ports.store.commit([{ put: { kind: 'effect', ...effect, dueAt: ports.clock.now() } }]);
};

const left = async ({ ports }: Desk, subjectId: string) =>
  (await ports.store.list({ of: 'effect', subjectId }, { limit: 10 })).items;

test('two causes of one item, in two incidents at once: each incident is told once, in whatever order', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const [one, other] = [await actions.cause(), await actions.cause('Retries pile up')];
  const { id } = await actions.make({ causeIds: [one.id, other.id] });
  await actions.complete(id);
  actions.heard();
  await desk.pass('P1D');
  const first = await actions.sighting(one);
  await desk.pass('PT1M');
  const second = await actions.sighting(other);
  for (const cause of [one, other])
    for (const { id: incidentId } of [first, second]) await recurred(desk, { causeId: cause.id, incidentId });
  await desk.reconcile();
  expect(actions.heard().sort()).toEqual(['ada: Open again', 'ada: Recurred', 'bo: Open again']);
  expect((await actions.history(id)).sort()).toEqual(['done', 'made', 'recurred', 'reopened']);
});

test.each([
  ['told at once', true],
  ['found when its time is over', false],
])('an incident that opened at the very moment at which it was done counts, %s', async (_, recurs) => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const cause = await actions.cause();
  const verification = { type: 'no-recurrence', for: 'P1D' };
  const { id } = await actions.make({ causeIds: [cause.id], verification });
  await actions.complete(id);
  await actions.sighting(cause, { recurs });
  expect((await actions.item(id)).status).toBe(recurs ? 'open' : 'done');
  await desk.pass('P1D');
  expect((await actions.item(id)).status).toBe('open');
  expect(actions.heard()).toContain('ada: Open again');
});

test('an item that cannot be read holds up no other, nor what came with it; it is left in the end, with an alarm', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const cause = await actions.cause();
  const [bad, good] = [
    await actions.make({ causeIds: [cause.id] }),
    await actions.make({ causeIds: [cause.id] }),
  ];
  for (const { id } of [bad, good]) await actions.complete(id);
  await desk.ports.store.commit([{ put: { ...(await actions.item(bad.id)), status: 'broken' as 'done' } }]);
  actions.heard();
  await desk.pass('P1D');
  const incident = await actions.sighting(cause);
  desk.outbox.length = 0;
  await promised(desk, cause.id, incident);
  await desk.reconcile();
  expect((await actions.item(good.id)).status).toBe('open');
  expect(actions.heard().sort()).toEqual(['ada: Open again', 'bo: Open again']);
  expect(desk.alarms.splice(0)).toEqual([expect.stringContaining('not-recurred')]);
  await desk.pass('PT2H');
  expect(await left(desk, cause.id)).toEqual([]);
  expect(desk.alarms.splice(0).every((alarm) => alarm.startsWith('not-recurred'))).toBe(true);
  await sweep(desk.ports);
  desk.expectNobodyPaged();
});
