import { expect, test } from 'vitest';
import { changeReview } from '../../shared/workflow/reviews/change.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { LEAD, MANAGER, OWNER, reviewDesk } from '../support/review-desk.ts';

const open = deskOn(testEngine());

const scene = async (rule: object = {}) => {
  const desk = await open();
  const reviews = await reviewDesk(desk, rule);
  await reviews.resolvedIncident();
  reviews.expectTold(OWNER, /A review is due/);
  return { desk, reviews };
};

test('the owner is reminded at half of the time, a day before and when it is due', async () => {
  const { desk, reviews } = await scene({ dueIn: 'P5D' });
  await desk.pass('PT59H');
  desk.expectNobodyPaged();
  for (const time of ['PT1H', 'PT36H', 'PT24H']) {
    await desk.pass(time);
    reviews.expectTold(OWNER, /To be written/);
    desk.expectNobodyPaged();
  }
});

test('when it is not written in time, the lead hears after one round and the manager after two, until it is', async () => {
  const { desk, reviews } = await scene({ dueIn: 'P1D' });
  await desk.pass('P1D');
  expect(desk.take(OWNER, /To be written/)).toHaveLength(2);
  await desk.pass('P1D');
  reviews.expectTold(OWNER, /Overdue/);
  expect(reviews.expectTold(LEAD, /Overdue/).text).toContain('was due 2026-01-06 09:00 UTC');
  desk.expectNobodyPaged();
  for (const _ of Array(9)) {
    await desk.pass('P1D');
    for (const address of [OWNER, LEAD, MANAGER]) reviews.expectTold(address, /Overdue/);
  }
  for (const _ of Array(8)) {
    await desk.pass('P6D');
    desk.expectNobodyPaged();
    await desk.pass('P1D');
    for (const address of [OWNER, LEAD, MANAGER]) reviews.expectTold(address, /Overdue/);
  }
  await reviews.writeAll();
  await reviews.submit();
  reviews.expectTold(LEAD, /Please approve/);
  reviews.expectTold(MANAGER, /Please approve/);
});

test('what nobody approves is never forgotten either', async () => {
  const { desk, reviews } = await scene();
  await reviews.writeAll();
  await reviews.submit();
  reviews.overlook(LEAD, MANAGER);
  await desk.pass('P10D');
  expect(desk.take(LEAD, /Please approve/)).toHaveLength(10);
  expect(desk.take(MANAGER, /Please approve/)).toHaveLength(10);
  reviews.overlook(LEAD, MANAGER);
  await desk.pass('P70D');
  expect(desk.take(LEAD, /Please approve/)).toHaveLength(10);
  reviews.overlook(LEAD, MANAGER);
});

test('a later date begins anew, and what was promised for the earlier one is gone', async () => {
  const { desk, reviews } = await scene({ dueIn: 'P2D' });
  await desk.pass('P1D');
  reviews.expectTold(OWNER, /To be written/);
  const { id } = await reviews.review();
  await changeReview(desk.ports, reviews.caller(), { id, patch: { dueAt: '2026-01-16T09:00:00.000Z' } });
  await desk.reconcile();
  expect(reviews.expectTold(OWNER, /Review assigned to you/).text).toContain('Due 2026-01-16 09:00 UTC');
  await desk.pass('P4D');
  desk.expectNobodyPaged();
  await desk.pass('P1D');
  reviews.expectTold(OWNER, /To be written/);
});

test('an owner who cannot be reached by mail any more: the fallback contact hears in their place', async () => {
  const { desk, reviews } = await scene({ dueIn: 'P2D' });
  desk.channel('email', ({ id, to }) =>
    to === OWNER
      ? { handedOver: false, reason: 'no such address', retryable: false }
      : { handedOver: true, reference: id },
  );
  await desk.pass('P1D');
  expect(reviews.expectTold('fallback@example.com', /To be written/).text).toContain(
    'could not be delivered to Ada',
  );
  expect((await reviews.history()).map(({ what }) => what)).toContain('unreached');
});
