import { expect, test } from 'vitest';
import { epoch } from '../../shared/domain/time.ts';
import { actionDesk, LEAD, OWNER } from '../support/action-desk.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());

/** The error comes in as an alert, which is resolved again. */
const logged = async (desk: Desk): Promise<void> => {
  await desk.alert('NullPointer in checkout');
  await desk.resolved('NullPointer in checkout');
  for (const { address } of desk.cast.people.ada.contactMethods) desk.take(address);
};

const scene = async (more: object = {}) => {
  const desk = await open();
  const actions = await actionDesk(desk);
  await logged(desk);
  const { items } = await desk.ports.store.list({ of: 'alert', clientId: desk.cast.client.id }, { limit: 1 });
  await desk.pass('PT1H');
  const alertId = items[0]?.id;
  const { id } = await actions.make({
    ...{ title: 'Check for null', origin: { type: 'log-error', id: alertId } },
    verification: { type: 'log-error-stays-away', alertId, ...more },
  });
  const given = actions.expectTold(OWNER, /^Assigned to you/);
  expect(given.text).toMatch(/the error stays out of the logs for \d+ days after completion/);
  expect(given.text).toContain(`Origin: an error in the logs (${alertId}).`);
  await actions.complete(id);
  return { desk, actions, id };
};

test('an error that stays away for its time proves what was done', async () => {
  const { desk, actions, id } = await scene();
  await desk.pass('P30D');
  for (const address of [OWNER, LEAD]) actions.expectTold(address, /^Proven: Check for null/);
  expect((await actions.item(id)).status).toBe('proven');
});

test('its time is thirty days unless told', async () => {
  const { actions, id } = await scene();
  expect((await actions.item(id)).verification).toMatchObject({ for: 'P30D' });
});

test('what came back and is forgotten by the time that it is proven was found before', async () => {
  const { desk, actions, id } = await scene({ for: 'P90D' });
  await desk.pass('P10D');
  await logged(desk);
  const { integrationId } = desk.cast.integration;
  const key = { kind: 'dedup' as const, integrationId, dedupKey: 'NullPointer in checkout' };
  const forgotten = (await desk.ports.store.get(key))?.expiresAt ?? 0;
  await desk.pass('P20D');
  expect(epoch(desk.ports.clock.now()) / 1000).toBeLessThan(forgotten);
  await desk.ports.store.commit([{ remove: key }]);
  await desk.pass('P60D');
  expect(actions.heard()).toContain('ada: Open again');
  expect(await actions.item(id)).toMatchObject({ status: 'open', reopenings: 1 });
});

test('an error that comes back under the same key, as another alert, opens it again within a week', async () => {
  const { desk, actions, id } = await scene();
  await desk.pass('P10D');
  await logged(desk);
  await desk.pass('P4D');
  for (const address of [OWNER, LEAD])
    expect(actions.expectTold(address, /^Open again: Check for null/).text).toContain(
      'the error was in the logs again on 2026-01-15 10:00 UTC: “NullPointer in checkout is broken”',
    );
  expect(await actions.item(id)).toMatchObject({ status: 'open', reopenings: 1 });
});
