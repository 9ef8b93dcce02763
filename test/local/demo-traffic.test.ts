import { expect, test } from 'vitest';
import { demoRecords, seedDemo } from '../../infra/local/demo.ts';
import { planDemoTraffic } from '../../infra/local/demo-traffic.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());

test('the demo plans one sale, far ahead, and tells the provider of it', async () => {
  const desk = await open();
  expect(await seedDemo(desk.ports)).toBe(true);
  await planDemoTraffic(desk.ports);
  const clientId = demoRecords(desk.ports.clock.now()).find(({ kind }) => kind === 'client');
  if (clientId?.kind !== 'client') throw new Error('The demo has no client.');
  const { items } = await desk.ports.store.list(
    { of: 'traffic-event', clientId: clientId.id },
    { limit: 10 },
  );
  expect(items).toMatchObject([
    { name: 'Spring sale', status: 'planned', notices: [{ state: 'sent', late: false, missing: [] }] },
  ]);
  const notices = await desk.ports.store.list({ of: 'notice', subjectId: items[0]?.id ?? '' }, { limit: 10 });
  expect(notices.items.map(({ to }) => to.address)).toEqual(['support@hosting.example.com']);
});
