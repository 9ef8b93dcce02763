import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { told } from '../support/paged.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const KEYS = Array.from({ length: 25 }, (_, index) => `host-${index}`);

test('25 alerts at once are one incident and one page, and it is over with the last of them', async () => {
  const desk = await open({ cast: { steps: onlyAda, methods: byTextAlone, groupingWindow: 'PT1H' } });
  const outcomes = await Promise.all(KEYS.map((key) => desk.alert(key)));
  const reasons = outcomes.map(({ reason }) => reason);
  expect(reasons.filter((reason) => reason === 'first')).toHaveLength(1);
  expect(reasons.filter((reason) => reason === 'within-grouping-window')).toHaveLength(24);
  desk.expectPaged('ada');
  const { id, episode } = await desk.incident();
  const alerts = await desk.ports.store.list({ of: 'alert', incidentId: id }, { limit: 100 });
  expect(alerts.items.map(({ dedupKey }) => dedupKey).sort()).toEqual([...KEYS].sort());
  expect(episode).toBe(1);
  const [last = '', ...others] = KEYS;
  await Promise.all(others.map((key) => desk.resolved(key)));
  expect((await desk.incident()).status).toBe('triggered');
  await desk.resolved(last);
  expect((await desk.incident()).status).toBe('resolved');
  expect((await told(desk)).filter((what) => what === 'resolved')).toHaveLength(1);
});
