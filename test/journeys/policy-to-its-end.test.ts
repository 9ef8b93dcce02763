import { test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const open = deskOn(testEngine());

test('a policy with a repeat is gone through twice before the fallback contact', async () => {
  const desk = await open({ cast: { repeats: 1 } });
  await desk.alert('checkout');
  for (const round of [1, 2]) {
    expectPagedByBoth(desk, 'ada');
    await desk.pass('PT5M');
    expectPagedByBoth(desk, 'bo');
    await desk.pass('PT5M');
    expectPagedByBoth(desk, 'cy', 'dee');
    if (round === 2) break;
    await desk.pass('PT5M');
  }
  await desk.pass('PT5M');
  desk.expectPaged('fallback', 'email');
  for (let hours = 0; hours < 24; hours += 1) {
    await desk.pass('PT1H');
    desk.expectPaged('fallback');
    desk.expectPaged('fallback');
  }
  await desk.does('ada', 'acknowledge');
});

test('the policy is edited after the incident opened: the incident follows what it was', async () => {
  const desk = await open();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  const { policy, people } = desk.cast;
  const steps = [{ delay: 'PT1M', targets: [{ type: 'person' as const, id: people.dee.id }] }];
  await desk.ports.store.commit([{ put: { ...policy, steps, version: 2 } }]);
  await desk.pass('PT5M');
  expectPagedByBoth(desk, 'bo');
  await desk.does('bo', 'acknowledge');
  await desk.alert('payments');
  expectPagedByBoth(desk, 'dee');
  await desk.does('dee', 'acknowledge', (await desk.incidents())[0]?.id);
});

test('a person edited after the incident opened is reached as they are now', async () => {
  const desk = await open();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  const { bo } = desk.cast.people;
  const [, mail] = bo.contactMethods;
  await desk.ports.store.commit([{ put: { ...bo, contactMethods: mail ? [mail] : [], version: 2 } }]);
  await desk.pass('PT5M');
  desk.expectPaged('bo', 'email');
  await desk.does('bo', 'acknowledge');
});
