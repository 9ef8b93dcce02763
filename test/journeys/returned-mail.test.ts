import { expect, test } from 'vitest';
import { after } from '../../shared/domain/time.ts';
import { deliver } from '../../shared/workflow/engine/deliver.ts';
import { type PageName, pageDelivered, pageReturned } from '../../shared/workflow/paging/page-news.ts';
import type { Desk } from '../support/desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth, expectTold } from '../support/paged.ts';

const open = deskOn(testEngine());
const mailFirst = {
  cast: { rules: { ada: [{ urgency: 'high' as const, methodId: 'mail', delay: 'PT0S' }] } },
};

const bounces = async (desk: Desk): Promise<string> => {
  const page = (await desk.pages()).find(
    ({ channel, personName }) => channel === 'email' && personName === 'Ada',
  );
  const reason = await pageReturned(
    desk.ports,
    { incidentId: page?.incidentId ?? '', pageId: page?.id ?? '' },
    'The mail bounced',
  );
  await desk.reconcile();
  return reason;
};

test("a mail that comes back is a failed page: the person's next method at once", async () => {
  const desk = await open(mailFirst);
  await desk.alert('checkout');
  desk.expectPaged('ada', 'email');
  expect(await bounces(desk)).toBe('next-method');
  desk.expectPaged('ada', 'sms');
  expect(await bounces(desk)).toBe('known-already');
  await expectTold(desk, 'page-given-up', 1);
  await desk.does('ada', 'acknowledge');
});

test('the same bounce told twice at once is one', async () => {
  const desk = await open(mailFirst);
  await desk.alert('checkout');
  desk.expectPaged('ada', 'email');
  await Promise.all([bounces(desk), bounces(desk)]);
  desk.expectPaged('ada', 'sms');
  await desk.does('ada', 'acknowledge');
});

test('when nothing else is left the step is passed', async () => {
  const methods = [{ id: 'mail', channel: 'email' as const, address: 'ada@example.com', verified: true }];
  const desk = await open({ cast: { methods: { ada: methods } } });
  await desk.alert('checkout');
  desk.expectPaged('ada', 'email');
  expect(await bounces(desk)).toBe('step-taken');
  expectPagedByBoth(desk, 'bo');
  await desk.does('bo', 'acknowledge');
});

test('a bounce after the answer is told, and does nothing', async () => {
  const desk = await open(mailFirst);
  await desk.alert('checkout');
  desk.expectPaged('ada', 'email');
  await desk.does('bo', 'acknowledge');
  expect(await bounces(desk)).toBe('not-needed-any-more');
  await expectTold(desk, 'page-given-up', 1);
});

test('an arrival is told once; about a page that nobody knows, nothing happens', async () => {
  const desk = await open(mailFirst);
  await desk.alert('checkout');
  desk.expectPaged('ada', 'email');
  const [page] = await desk.pages();
  const { incidentId = '', id = '' } = page ?? {};
  expect(await pageDelivered(desk.ports, { incidentId, pageId: id })).toBe('delivered');
  expect(await pageDelivered(desk.ports, { incidentId, pageId: id })).toBe('known-already');
  expect(await pageReturned(desk.ports, { incidentId, pageId: 'pag_NONE' }, 'x')).toBe('unknown-page');
});

/** The channel tells of a mail before it has answered that it took it. */
const tellsEarly = (desk: Desk, notify: (name: PageName) => Promise<string>): string[] => {
  const reasons: string[] = [];
  const { send } = desk.ports;
  desk.ports.send = async (message) => {
    const receipt = await send(message);
    if (message.to === 'ada@example.com')
      reasons.push(await notify({ incidentId: message.incidentId ?? '', pageId: message.id }));
    return receipt;
  };
  return reasons;
};

const mailOfAda = async (desk: Desk) =>
  (await desk.pages()).find(({ channel, personName }) => channel === 'email' && personName === 'Ada');

test('a bounce that comes before the hand-over is recorded stands', async () => {
  const desk = await open(mailFirst);
  const reasons = tellsEarly(desk, (name) => pageReturned(desk.ports, name, 'The mail bounced'));
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  expect(reasons).toEqual(['next-method']);
  expect(await mailOfAda(desk)).toMatchObject({ state: 'given-up', lastError: 'The mail bounced' });
  await expectTold(desk, 'page-given-up', 1);
  await expectTold(desk, 'page-handed-over', 1);
  await desk.does('ada', 'acknowledge');
});

test('an arrival that comes before the hand-over is recorded stands, and nothing is due any more', async () => {
  const desk = await open(mailFirst);
  const reasons = tellsEarly(desk, (name) => pageDelivered(desk.ports, name));
  await desk.alert('checkout');
  desk.expectPaged('ada', 'email');
  expect(reasons).toEqual(['delivered']);
  const page = await mailOfAda(desk);
  expect(page?.state).toBe('delivered');
  expect(page).not.toHaveProperty('dueAt');
  await desk.pass('PT4M');
  desk.expectNobodyPaged();
});

test('a sender whose lease ran out does not undo what the next one made of the page', async () => {
  const desk = await open(mailFirst);
  const { send } = desk.ports;
  const now = desk.ports.clock.now();
  let sends = 0;
  desk.ports.send = async (message) => {
    sends += 1;
    if (sends > 1 || message.channel !== 'email') return send(message);
    const page = await mailOfAda(desk);
    if (page) await deliver(desk.ports, page, { asOf: after(now, 'PT30S') });
    return { handedOver: false, reason: 'no answer within 5 seconds', retryable: true };
  };
  await desk.alert('checkout');
  desk.expectPaged('ada', 'email');
  expect(await mailOfAda(desk)).toMatchObject({ state: 'handed-over', attempts: 2 });
  await expectTold(desk, 'page-failed', 0);
  await desk.pass('PT4M');
  desk.expectNobodyPaged();
});
