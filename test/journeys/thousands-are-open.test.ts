import { expect, test } from 'vitest';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { beforeCommitOf, byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const cast = { steps: onlyAda, methods: byTextAlone, groupingWindow: 'PT1H' };
const THOUSANDS = 2500;

/** An incident with thousands of open alerts, as marks alone: older and newer ones than the two that are real. */
const stormOn = async (): Promise<Desk> => {
  const desk = await open({ cast });
  await desk.alert('checkout');
  desk.expectPaged('ada');
  await desk.alert('payments');
  const { id: incidentId, clientId } = await desk.incident();
  const alertIds = Array.from(
    { length: THOUSANDS },
    (_, n) => `alt_${n % 2 ? '01KD' : '01KZ'}${`${n}`.padStart(22, '0')}`,
  );
  const puts = alertIds.map((alertId) => ({
    put: { kind: 'open-alert' as const, incidentId, clientId, alertId },
  }));
  for (let from = 0; from < puts.length; from += 100)
    await desk.ports.store.commit(puts.slice(from, from + 100));
  return desk;
};

/** The largest commit from now on. */
const watchCommits = (desk: Desk): { largest: number } => {
  const seen = { largest: 0 };
  const { store } = desk.ports;
  desk.ports.store = {
    ...store,
    commit: async (writes) => {
      seen.largest = Math.max(seen.largest, writes.length);
      return store.commit(writes);
    },
  };
  return seen;
};

test('it is resolved in a commit that is no larger for them, and stays over', async () => {
  const desk = await stormOn();
  const seen = watchCommits(desk);
  expect(await desk.does('ada', 'resolve')).toBe('resolved');
  expect(seen.largest).toBeLessThan(10);
  await desk.pass('PT5M');
  expect(await desk.incident()).toMatchObject({ status: 'resolved', episode: 1 });
});

test.each(['alerts-open-at-resolve', 'incident'])(
  'one that joins at the moment of resolving, before the write of %s, opens it again',
  async (kind) => {
    const desk = await stormOn();
    beforeCommitOf(desk, kind, () => desk.alert('late'));
    await desk.does('ada', 'resolve');
    desk.expectPaged('ada');
    expect(await desk.incident()).toMatchObject({ status: 'triggered', episode: 2 });
    expect(await desk.does('ada', 'resolve')).toBe('resolved');
    expect(await desk.incident()).toMatchObject({ status: 'resolved', episode: 2 });
  },
);

test('one whose look is late is still looked for when others have resolved and opened it meanwhile', async () => {
  const desk = await open({ cast });
  await desk.alert('checkout');
  desk.expectPaged('ada');
  beforeCommitOf(desk, 'open-alert', async () => {
    await desk.does('ada', 'resolve');
    await desk.does('ada', 'reopen');
    desk.expectPaged('ada');
    await desk.does('ada', 'resolve');
  });
  await desk.alert('late');
  desk.expectPaged('ada');
  expect(await desk.incident()).toMatchObject({ status: 'triggered', episode: 3 });
});

test('while it is open, a look reads one alert at most, however many there are and were', async () => {
  const desk = await stormOn();
  await desk.does('ada', 'resolve');
  await desk.does('ada', 'reopen');
  desk.expectPaged('ada');
  const { store } = desk.ports;
  const asked: string[] = [];
  const list: Store['list'] = (of, page) => {
    asked.push(`${page.limit} of ${of.of}`);
    return store.list(of, page);
  };
  desk.ports.store = { ...store, list };
  await desk.alert('another');
  expect(asked).toEqual([]);
  await desk.resolved('checkout');
  expect(asked).toEqual(['1 of open-alert']);
});
