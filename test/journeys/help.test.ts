import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const open = deskOn(testEngine());

test('whoever asks for help is not paged, and it goes on until another one answers', async () => {
  const desk = await open();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await desk.pass('PT5M');
  expectPagedByBoth(desk, 'bo');
  await desk.does('cy', 'acknowledge');
  expect(await desk.does('cy', 'help')).toBe('step-taken');
  expect(desk.expectPaged('dee', 'sms').text).toContain('HELP REQUESTED');
  desk.expectPaged('dee', 'email');
  expect(await desk.does('cy', 'help')).toBe('help-is-being-called');
  expect(await desk.does('cy', 'acknowledge')).toBe('already-answered');
  await desk.pass('PT5M');
  desk.expectPaged('fallback');
  expect(await desk.does('ada', 'acknowledge')).toBe('acknowledged');
  expect(await desk.incident()).toMatchObject({
    status: 'acknowledged',
    acknowledgedBy: desk.cast.people.ada.id,
  });
  await desk.pass('PT2H');
  desk.expectNobodyPaged();
});

test('help asked for by the one whose step comes next: that step is passed', async () => {
  const desk = await open();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await desk.does('bo', 'help');
  expectPagedByBoth(desk, 'cy', 'dee');
  expect(await desk.incident()).toMatchObject({ status: 'acknowledged', helpFor: desk.cast.people.bo.id });
  await desk.does('dee', 'acknowledge');
});

test('a helper who cannot be reached is passed at once, and the asker does not count', async () => {
  const unreachable = [
    { id: 'mail', channel: 'email' as const, address: 'bo@nowhere.example.com', verified: true },
  ];
  const desk = await open({ cast: { methods: { bo: unreachable } } });
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  desk.channel('email', ({ id, to }) =>
    to.includes('nowhere')
      ? { handedOver: false, reason: 'no such address', retryable: false }
      : { handedOver: true, reference: id },
  );
  await desk.does('cy', 'help');
  expect(desk.expectPaged('dee', 'sms').text).toContain('HELP REQUESTED');
  desk.expectPaged('dee', 'email');
  await desk.does('dee', 'acknowledge');
});

test('resolved, no help is called any more', async () => {
  const desk = await open();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await desk.does('ada', 'help');
  expectPagedByBoth(desk, 'bo');
  await desk.does('ada', 'resolve');
  await desk.pass('PT2H');
  desk.expectNobodyPaged();
});
