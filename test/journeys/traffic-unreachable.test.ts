import { expect, test } from 'vitest';
import { acknowledgeByHand } from '../../shared/workflow/traffic/answer.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { MANAGER, OWNER, SUPPORT, trafficDesk } from '../support/traffic-desk.ts';

const open = deskOn(testEngine());

const phone = { id: 'phone', name: 'Hotline', way: 'phone', address: '+15550100900' };
const portal = { id: 'portal', name: 'Portal', way: 'portal', address: 'https://portal.example.com/' };

test('a provider that nobody can write to: owner and manager are told at once how to reach it by hand', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk, { contacts: [phone, portal] });
  const { id, notices, warnings } = await traffic.plan();
  expect(notices).toMatchObject([{ state: 'unreachable' }]);
  expect(warnings.join()).toContain('no e-mail address');
  for (const address of [OWNER, MANAGER]) {
    const { text } = traffic.expectTold(address, /^The provider could not be notified/);
    expect(text).toContain('Example Hosting, phone: Hotline, +15550100900');
    expect(text).toContain('Example Hosting, portal: Portal, https://portal.example.com/');
  }
  const said = { by: 'Hanna', answer: 'Noted, ticket 12' };
  await acknowledgeByHand(desk.ports, traffic.caller(), { id, providerId: traffic.provider.id, ...said });
  expect((await traffic.event(id)).notices).toMatchObject([
    { state: 'acknowledged', acknowledgedBy: 'Hanna' },
  ]);
  await desk.pass('P5D');
  desk.expectNobodyPaged();
});

test('an address that is added later is written to by itself', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk, { contacts: [phone] });
  const { id } = await traffic.plan();
  for (const address of [OWNER, MANAGER]) traffic.expectTold(address, /^The provider could not be notified/);
  const mail = { id: 'mail', name: 'Desk', way: 'email', address: SUPPORT, level: 0 } as const;
  const contacts = [{ ...mail, accountManager: false, hearsOfTraffic: false }];
  await desk.ports.store.commit([{ put: { ...traffic.provider, contacts } }]);
  await desk.pass('P1D');
  traffic.expectTold(SUPPORT, /^Planned traffic:/);
  expect((await traffic.event(id)).notices).toMatchObject([{ state: 'sent' }]);
});

test('a service that nobody hosts is said, and its provider told once it has one', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { service } = desk.cast;
  await desk.ports.store.commit([{ put: service }]);
  const { id, warnings, notices } = await traffic.plan();
  expect(notices).toEqual([]);
  expect(warnings.join()).toContain('“Shop” has no hosting provider, so nobody is notified.');
  await desk.ports.store.commit([{ put: { ...service, providerId: traffic.provider.id } }]);
  expect((await traffic.change(id, {})).warnings).toEqual([]);
  traffic.expectTold(SUPPORT, /^Planned traffic:/);
});
