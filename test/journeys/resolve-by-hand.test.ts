import { expect, test } from 'vitest';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { move } from '../../shared/workflow/incidents/actions.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const open = deskOn(testEngine());
type Desk = Awaited<ReturnType<typeof open>>;

/** Resolves by hand while something else happens right before its commit. */
const resolveDuring = async (desk: Desk, meanwhile: () => Promise<unknown>): Promise<void> => {
  const { store } = desk.ports;
  let once = meanwhile;
  const commit: Ports['store']['commit'] = async (writes) => {
    const run = once;
    once = async () => {};
    await run();
    return store.commit(writes);
  };
  const { id, name } = desk.cast.people.ada;
  const invocation = { now: desk.ports.clock.now(), id: desk.ports.newId() };
  const answering = { actor: { kind: 'person' as const, id, name }, by: id, invocation };
  const incident = await desk.incident();
  await move({ ...desk.ports, store: { ...store, commit } }, incident.id, 'resolve', answering);
};

test('resolved while alerts are open: a repeat opens a new incident, and the old one stays over', async () => {
  const desk = await open({ cast: { groupingWindow: 'PT30M' } });
  const first = await desk.alert('checkout');
  await desk.alert('payments');
  expectPagedByBoth(desk, 'ada');
  await desk.does('ada', 'resolve');
  await desk.pass('PT2M');
  desk.expectNobodyPaged();
  const again = await desk.alert('payments');
  expect(again.reason).toBe('new-episode');
  expectPagedByBoth(desk, 'ada');
  await desk.pass('PT2M');
  expect((await desk.incident(first.incidentId)).status).toBe('resolved');
  expect((await desk.incident(again.incidentId)).status).toBe('triggered');
  await desk.resolved('checkout');
  expect((await desk.incident(again.incidentId)).status).toBe('triggered');
});

test.each([
  ['settled before the resolve is committed', true],
  ['settled after it', false],
])('an alert joins at the very moment of resolving (%s): open again, and paged', async (_, early) => {
  const desk = await open({ cast: { groupingWindow: 'PT30M' } });
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await resolveDuring(desk, async () => {
    const reconcileLater = desk.outbox.splice(0);
    await desk.alert('payments');
    if (!early) desk.outbox.push(...reconcileLater);
  });
  await desk.reconcile();
  expectPagedByBoth(desk, 'ada');
  expect(await desk.incident()).toMatchObject({ status: 'triggered', episode: 2 });
  await desk.resolved('payments');
});

test('opened again by hand, it does not end while an alert of its is still open', async () => {
  const desk = await open({ cast: { groupingWindow: 'PT30M' } });
  await desk.alert('checkout');
  await desk.alert('payments');
  await desk.does('ada', 'resolve');
  await desk.does('ada', 'reopen');
  expectPagedByBoth(desk, 'ada', 'ada');
  await desk.does('ada', 'acknowledge');
  await desk.resolved('checkout');
  expect((await desk.incident()).status).toBe('acknowledged');
  await desk.resolved('payments');
  expect((await desk.incident()).status).toBe('resolved');
});

test('while the marks of many alerts are still being taken away, the incident stays over', async () => {
  const desk = await open({ cast: { groupingWindow: 'PT30M' } });
  await desk.alert('the-first');
  await Promise.all(Array.from({ length: 50 }, (_, n) => desk.alert(`alert-${n}`)));
  await desk.reconcile();
  expectPagedByBoth(desk, 'ada');
  await resolveDuring(desk, async () => {});
  const isLook = (each: (typeof desk.outbox)[number]): boolean =>
    each.kind === 'effect' && each.perform.type === 'reconcile';
  const [looks, others] = [desk.outbox.filter(isLook), desk.outbox.filter((each) => !isLook(each))];
  desk.outbox.splice(0, desk.outbox.length, ...looks, ...others);
  await desk.reconcile();
  expect(await desk.incident()).toMatchObject({ status: 'resolved', episode: 1 });
});
