import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth, told } from '../support/paged.ts';

const open = deskOn(testEngine());
const nobody = { methods: { ada: [], bo: [], cy: [], dee: [] } };

test.each([
  ['a policy', { cast: { steps: () => [] } }, ['fallback']],
  [
    'a person',
    { cast: { methods: { ada: [{ id: '', channel: 'email', address: '', verified: true }] } } },
    ['bo'],
  ],
] as const)(
  '%s that cannot be read is as good as missing, and an alarm says so',
  async (_, options, paged) => {
    const desk = await open(options as never);
    const alarms = new Set<string>();
    desk.ports.telemetry = { ...desk.ports.telemetry, alarm: (event) => void alarms.add(event) };
    await desk.alert('checkout');
    for (const name of paged) desk.expectPaged(name, 'email');
    if (paged[0] === 'bo') desk.expectPaged('bo', 'sms');
    expect([...alarms]).toEqual(['unreadable-record']);
  },
);

test('a step with nobody verified is passed, and the timeline says so', async () => {
  const unverified = [{ id: 'mail', channel: 'email' as const, address: 'ada@example.com', verified: false }];
  const desk = await open({ cast: { methods: { ada: unverified } } });
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'bo');
  const line = (await desk.timeline()).find(({ what }) => what === 'nobody-reached');
  expect(line?.text).toContain('Step 1 has nobody with a verified contact method');
  await desk.does('bo', 'acknowledge');
});

test('a target that is gone is passed too', async () => {
  const desk = await open();
  await desk.ports.store.commit([{ remove: { kind: 'person', id: desk.cast.people.ada.id } }]);
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'bo');
});

test('a policy that was removed pages the fallback contact at once', async () => {
  const desk = await open();
  await desk.ports.store.commit([{ remove: { kind: 'escalation-policy', id: desk.cast.policy.id } }]);
  await desk.alert('checkout');
  desk.expectPaged('fallback', 'email');
  await desk.pass('PT30M');
  desk.expectPaged('fallback', 'email');
});

test('without a fallback contact the timeline says that nobody is left, and it goes on saying so', async () => {
  const desk = await open({ cast: nobody, settings: { fallbackContact: undefined } as never });
  await desk.alert('checkout');
  const line = (await desk.timeline()).find(({ reason }) => reason === 'no-fallback-contact');
  expect(line?.text).toContain('Configure one.');
  await desk.pass('PT30M');
  expect((await desk.timeline()).filter(({ reason }) => reason === 'no-fallback-contact')).toHaveLength(2);
});

test('nobody on any step, however often it is repeated: exhausted at once', async () => {
  const desk = await open({ cast: { ...nobody, repeats: 9 } });
  await desk.alert('checkout');
  desk.expectPaged('fallback', 'email');
  const history = (await told(desk)).filter((what) => what !== 'page-handed-over');
  const passed = ['nobody-reached', 'nobody-reached', 'nobody-reached'];
  expect(history).toEqual(['opened', ...passed, 'exhausted', 'fallback-paged']);
});
