import { expect, test } from 'vitest';
import { deskOn, isDown, refuses } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth, expectTold } from '../support/paged.ts';

const open = deskOn(testEngine());
const alone = {
  cast: {
    steps: ({ ada }: { ada: { id: string } }) => [
      { delay: 'PT2H', targets: [{ type: 'person' as const, id: ada.id }] },
    ],
    rules: { ada: [{ urgency: 'high' as const, methodId: 'sms', delay: 'PT0S' }] },
  },
};

test("one channel is down: the person's next method at once, and the first again for an hour", async () => {
  const desk = await open(alone);
  const tries: string[] = [];
  desk.channel('sms', (message) => {
    tries.push(desk.ports.clock.now());
    return isDown(message);
  });
  await desk.alert('checkout');
  desk.expectPaged('ada', 'email');
  await desk.pass('PT2H');
  desk.expectPaged('fallback');
  const waits = tries.map((at) => Date.parse(at)).map((at, n, all) => (at - (all[n - 1] ?? at)) / 1000);
  expect(waits.slice(0, 7)).toEqual([0, 15, 30, 60, 120, 240, 300]);
  expect(waits.slice(7).every((wait) => wait === 300)).toBe(true);
  const [first = '', last = ''] = [tries[0], tries.at(-1)];
  const trying = Date.parse(last) - Date.parse(first);
  expect(trying).toBeLessThan(3_600_000);
  expect(trying).toBeGreaterThan(3_200_000);
  const pages = await desk.pages();
  expect(pages.find(({ channel }) => channel === 'sms')).toMatchObject({ state: 'given-up' });
  await expectTold(desk, 'page-given-up', 1);
});

test('it works again: the text that failed goes out once', async () => {
  const desk = await open(alone);
  desk.channel('sms', isDown);
  await desk.alert('checkout');
  desk.expectPaged('ada', 'email');
  desk.channel('sms', ({ id }) => ({ handedOver: true, reference: id }));
  await desk.pass('PT15S');
  desk.expectPaged('ada', 'sms');
  await desk.pass('PT1H');
  desk.expectNobodyPaged();
});

test("one person's failure touches nobody else", async () => {
  const desk = await open();
  desk.channel('sms', ({ id, to }) =>
    to === '+15550100102'
      ? { handedOver: false, reason: 'no such number', retryable: false }
      : { handedOver: true, reference: id },
  );
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await desk.pass('PT5M');
  expectPagedByBoth(desk, 'bo');
  await desk.pass('PT5M');
  desk.expectPaged('cy', 'email');
  expectPagedByBoth(desk, 'dee');
  await desk.does('dee', 'acknowledge');
});

test('everything of a step fails: the next step at once', async () => {
  const desk = await open();
  const adas = desk.cast.addresses('ada');
  for (const channel of ['sms', 'email'] as const)
    desk.channel(channel, (message) =>
      adas.includes(message.to) ? refuses(message) : { handedOver: true, reference: message.id },
    );
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'bo');
  await expectTold(desk, 'nobody-reached', 1);
  await desk.pass('PT4M59S');
  desk.expectNobodyPaged();
  await desk.pass('PT1S');
  expectPagedByBoth(desk, 'cy', 'dee');
  await desk.does('cy', 'acknowledge');
});

test('everything fails: the fallback contact at once, and again until it hears', async () => {
  const desk = await open();
  for (const channel of ['sms', 'email'] as const) desk.channel(channel, refuses);
  await desk.alert('checkout');
  expect((await desk.incident()).escalation).toMatchObject({ state: 'exhausted', round: 1 });
  await expectTold(desk, 'nobody-reached', 3);
  desk.channel('email', ({ id }) => ({ handedOver: true, reference: id }));
  await desk.pass('PT30M');
  expect(desk.expectPaged('fallback').subject).toContain('NOBODY ANSWERED');
});

test('answered while its pages are being tried again: they are not', async () => {
  const desk = await open();
  for (const channel of ['sms', 'email'] as const) desk.channel(channel, isDown);
  await desk.alert('checkout');
  await desk.does('ada', 'acknowledge');
  for (const channel of ['sms', 'email'] as const)
    desk.channel(channel, ({ id }) => ({ handedOver: true, reference: id }));
  await desk.pass('PT2H');
  desk.expectNobodyPaged();
  expect(new Set((await desk.pages()).map(({ state }) => state))).toEqual(new Set(['skipped']));
});
