import { expect, test } from 'vitest';
import { everySchedule } from './interleave.ts';
import type { Table } from './memory-store.ts';
import { beginningFor, history, monitor, settling, workflow } from './workflows.ts';
import { worldOn } from './world.ts';

/** An incident that was resolved by hand while an alert joined it: over, the alert's mark left, nothing settled yet. */
const overWithAnAlertLeft = async (): Promise<Table> => {
  const world = worldOn(await beginningFor());
  await monitor('payments')(world.process(), world);
  const mark = world.store.all('open-alert').at(-1);
  const { id } = world.store.all('incident')[0] ?? { id: '' };
  await workflow('its monitor resolves it')(world.process(), world);
  await settling('alert-resolved')(world.process(), world);
  if (mark) await world.store.commit([{ remove: mark }]);
  await workflow('resolve by hand')(world.process(), world);
  if (mark) await world.store.commit([{ put: mark }]);
  expect(world.store.all('incident')).toMatchObject([{ id, status: 'resolved' }]);
  return world.store.table();
};

const reconcile = settling('alert-joined');
const paymentsResolved = monitor('payments', { action: 'resolve' });
const paymentsAgain = monitor('payments');

test.each([
  ['it settles while the alert that is left resolves', [reconcile, paymentsResolved]],
  ['it settles twice at once', [reconcile, reconcile]],
  ['it settles while the alert that is left comes again', [reconcile, paymentsAgain]],
  ['it settles while another one joins', [reconcile, workflow('another alert joins')]],
])('%s: in every order the incident is open exactly while an alert is', async (_, workflows) => {
  const begin = history(await overWithAnAlertLeft(), workflows);
  expect(await everySchedule(begin, { crashes: true })).toBeGreaterThan(6);
});
