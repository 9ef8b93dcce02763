import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { OWNER, SUPPORT, trafficDesk } from '../support/traffic-desk.ts';

const open = deskOn(testEngine());

const loadTest = { name: 'Checkout under load', type: 'load-test' };
const howAndWho = {
  sourceIps: ['192.0.2.10', '2001:db8::/64'],
  method: 'Ramps up for 20 minutes, then holds for an hour.',
  businessContact: { name: 'Dana Example', email: 'dana@example.com', phone: '+15550100700' },
};

test('a load test tells where it comes from, how it is done, and whom to call: no provider may take it for an attack', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { id, notices, warnings } = await traffic.plan(loadTest);
  expect(notices).toMatchObject([
    { state: 'incomplete', missing: ['sourceIps', 'method', 'businessContact'], asked: 0 },
  ]);
  expect(warnings.join()).toContain('Comes from, How it is done, Contact missing');
  expect(traffic.expectTold(OWNER, /^Please complete/).text).toContain('Comes from, How it is done, Contact');
  expect(desk.take(SUPPORT)).toEqual([]);

  await traffic.change(id, howAndWho);
  const { text } = traffic.expectTold(SUPPORT, /^Planned traffic: Checkout under load \(load test/);
  expect(text).toContain('Comes from: 192.0.2.10, 2001:db8::/64');
  expect(text).toContain('How it is done: Ramps up for 20 minutes');
  expect(text).toContain('Contact: Dana Example, dana@example.com, +15550100700');

  await traffic.change(id, { sourceIps: ['192.0.2.11'] });
  const change = traffic.expectTold(SUPPORT, /^Planned traffic has changed/);
  expect(change.text).toContain('Comes from: 192.0.2.11');
  expect(change.text).toContain('Comes from: was 192.0.2.10, 2001:db8::/64');
});
