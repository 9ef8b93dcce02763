import { expect, test } from 'vitest';
import { cancelEvent, changeEvent } from '../../shared/workflow/traffic/change.ts';
import { planEvent } from '../../shared/workflow/traffic/plan.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { bodyOf, SUPPORT, trafficDesk } from '../support/traffic-desk.ts';

const open = deskOn(testEngine());

const moved = { startsAt: '2026-01-27T10:00', endsAt: '2026-01-27T15:00' };

test('moved before the notice has left: the old words are never sent, the new ones once', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { id } = await planEvent(desk.ports, traffic.caller(), bodyOf(desk));
  await traffic.change(id, moved);
  const { text } = traffic.expectTold(SUPPORT, /^Planned traffic:/);
  expect(text).toContain('Tue 27 Jan 2026, 10:00');
  expect((await traffic.notices(id)).map(({ generation, state }) => `${generation} ${state}`).sort()).toEqual(
    ['1 skipped', '2 handed-over'],
  );
  await desk.pass('PT1H');
  desk.expectNobodyPaged();
});

test('moved while the notice is being handed over: told that it has changed, once', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  let change: Promise<unknown> | undefined;
  const { send } = desk.ports;
  const { id } = await planEvent(desk.ports, traffic.caller(), bodyOf(desk));
  desk.ports.send = async (message) => {
    change ??= changeEvent(desk.ports, traffic.caller(), { id, patch: moved });
    await change;
    return send(message);
  };
  await desk.reconcile();
  traffic.expectTold(SUPPORT, /^Planned traffic:/);
  expect(traffic.expectTold(SUPPORT, /^Planned traffic has changed/).text).toContain(
    'Tue 27 Jan 2026, 10:00',
  );
  await desk.pass('PT1H');
  desk.expectNobodyPaged();
});

test('cancelled between the decision and the hand-over that nobody saw: told two minutes later that it is off', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { id } = await planEvent(desk.ports, traffic.caller(), bodyOf(desk));
  const { store } = desk.ports;
  const get = store.get.bind(store);
  let cancelled = false;
  // The deliverer has read the event as it was when somebody cancels it, who sees the notice as not yet taken.
  const notices = await traffic.notices(id);
  const list = store.list.bind(store);
  desk.ports.store = {
    ...store,
    get: async (ref) => {
      const found = await get(ref);
      if (ref.kind !== 'traffic-event' || cancelled) return found;
      cancelled = true;
      const stale: typeof list = async (of, page) =>
        of.of === 'notice' ? ({ items: notices, next: null } as never) : list(of, page);
      const ports = { ...desk.ports, store: { ...store, list: stale } };
      await cancelEvent(ports, traffic.caller(), { id });
      return found;
    },
  };
  await desk.reconcile();
  traffic.expectTold(SUPPORT, /^Planned traffic:/);
  desk.expectNobodyPaged();
  await desk.pass('PT2M');
  traffic.expectTold(SUPPORT, /^Planned traffic is cancelled/);
  await desk.pass('P1D');
  desk.expectNobodyPaged();
});
