import { expect, test } from 'vitest';
import { onTrackerEvent } from '../../shared/workflow/action-items/on-tracker-event.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import { actionDesk, OWNER } from '../support/action-desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());
const DEE = 'dee@example.com';

test('a new owner and a new date: the old reminders die, and there are new ones', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const { id, generation } = await actions.make();
  expect(actions.heard()).toEqual(['ada: Assigned to you']);
  await actions.change(id, { ownerId: desk.cast.people.dee.id, dueAt: '2026-02-02T19:00:00+02:00' });
  expect(actions.expectTold(DEE, /^Assigned to you/).text).toContain('Due: 2026-02-02 17:00 UTC');
  expect(await actions.item(id)).toMatchObject({ generation: generation + 1, version: 2 });
  await desk.pass('P25D');
  desk.expectNobodyPaged();
  await desk.pass('P1D');
  expect(actions.heard()).toEqual(['dee: Due soon']);
  await desk.pass('P4D');
  expect(actions.heard()).toEqual(['bo: Overdue', 'dee: Due today', 'dee: Overdue', 'dee: Overdue']);
});

test('a new date alone is told to its owner; what else changes is only noted', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const { id, generation } = await actions.make();
  desk.take(OWNER);
  await actions.change(id, { title: 'Size the pool', priority: 'urgent', type: 'monitoring', text: 'Soon.' });
  desk.expectNobodyPaged();
  expect((await actions.item(id)).generation).toBe(generation);
  expect((await actions.change(id, { title: 'Size the pool' })).version).toBe(2);
  await actions.change(id, { dueAt: '2026-01-21T12:00:00Z' });
  const told = actions.expectTold(OWNER, /^New date: Size the pool/);
  expect(told.text).toContain('(was 2026-01-19 17:00 UTC)');
  await desk.pass('P15D');
  expect(actions.heard()).toEqual(['ada: Due soon']);
});

test('given to somebody else when it is long overdue: nobody hears the same again at once', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const { id } = await actions.make();
  await desk.pass('P20D');
  actions.heard();
  await actions.change(id, { ownerId: desk.cast.people.dee.id });
  await desk.pass('P6D');
  expect(actions.heard()).toEqual(['dee: Assigned to you']);
  await desk.pass('P1D');
  expect(actions.heard()).toEqual(['bo: Overdue', 'cy: Overdue', 'dee: Overdue']);
});

test('another check of what is done already is the one that counts', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const cause = await actions.cause();
  const { id } = await actions.make({ causeIds: [cause.id] });
  await actions.complete(id);
  desk.take(OWNER);
  await actions.change(id, { verification: { type: 'no-recurrence', for: 'P7D' } });
  await desk.pass('P7D');
  expect(actions.heard()).toEqual(['ada: Proven', 'bo: Proven']);
  await expect(actions.change(id, { title: 'Too late' })).rejects.toMatchObject({ code: 'illegal-move' });
  await desk.pass('P60D');
  desk.expectNobodyPaged();
});

test('what a tracker says is done here too, and known already the second time', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const { id } = await actions.make();
  desk.take(OWNER);
  const linked = { trackerId: 'trk_1', key: '42', state: 'open' as const };
  await desk.ports.store.commit([{ put: { ...(await actions.item(id)), link: linked } }]);
  const actor = { kind: 'integration' as const, id: 'trk_1', name: 'Hanna on GitHub' };
  const receive = (change: { status?: 'closed' | 'open'; title?: string }) =>
    onTrackerEvent(desk.ports, { actionItemId: id, actor, change, invocation: newInvocation(desk.ports) });
  expect(await receive({ title: 'Size\nthe pool', status: 'open' })).toBe('heard');
  expect(await receive({ title: 'Size the pool' })).toBe('known-already');
  expect(await receive({ status: 'closed' })).toBe('done');
  expect(await receive({ status: 'closed' })).toBe('known-already');
  expect(await actions.item(id)).toMatchObject({
    ...{ title: 'Size the pool', status: 'done', doneBy: actor, link: { key: '42', state: 'closed' } },
  });
  expect(await receive({ status: 'open' })).toBe('open-again');
  desk.outbox.splice(0, desk.outbox.length, ...desk.outbox.filter(({ kind }) => kind === 'notice'));
  await desk.reconcile();
  expect(actions.expectTold(OWNER, /^Open again/).text).toContain('reopened by Hanna on GitHub');
  expect(actions.heard()).toEqual(['bo: Open again']);
  expect(
    await onTrackerEvent(desk.ports, {
      ...{
        actionItemId: 'act_gone',
        actor,
        change: { status: 'closed' },
        invocation: newInvocation(desk.ports),
      },
    }),
  ).toBe('item-is-gone');
});
