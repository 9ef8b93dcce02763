import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { LEAD, MANAGER, OWNER, reviewDesk } from '../support/review-desk.ts';

const open = deskOn(testEngine());

const scene = async (rule: object = {}, client: object = {}) => {
  const desk = await open();
  const reviews = await reviewDesk(desk, rule, client);
  await reviews.resolvedIncident();
  return { desk, reviews };
};

const refusal = {
  code: 'illegal-move',
  message: expect.stringContaining('The review of this incident is not done'),
};

test('an incident is closed once its review is approved', async () => {
  const { desk, reviews } = await scene();
  await expect(desk.does('ada', 'close')).rejects.toMatchObject(refusal);
  await reviews.writeAll();
  await reviews.submit();
  await reviews.approve('bo');
  await expect(desk.does('ada', 'close')).rejects.toMatchObject(refusal);
  await reviews.approve('cy');
  expect(await desk.does('ada', 'close')).toBe('closed');
  expect(await desk.does('ada', 'close')).toBe('already-closed');
  reviews.overlook(OWNER, LEAD, MANAGER);
});

test('or waived, by one of the two who answer for it, with a reason', async () => {
  const { desk, reviews } = await scene();
  reviews.overlook(OWNER);
  await expect(reviews.waive('dee', 'A test.')).rejects.toMatchObject({ code: 'forbidden' });
  expect(await reviews.waive('cy', 'It was a test of the monitor.')).toMatchObject({
    status: 'waived',
    waived: { reason: 'It was a test of the monitor.' },
  });
  for (const address of [OWNER, LEAD, MANAGER]) reviews.expectTold(address, /Waived/);
  await expect(reviews.write('lucky', { text: 'Yes.' })).rejects.toMatchObject({ code: 'illegal-move' });
  expect(await desk.does('ada', 'close')).toBe('closed');
  await desk.pass('P30D');
});

test('where nothing is due, it is closed at once', async () => {
  const { desk } = await scene({ severities: [], repeats: false });
  expect(await desk.does('ada', 'close')).toBe('closed');
});

test('a review that should have been there is opened by the attempt to close', async () => {
  const { desk, reviews } = await scene({}, { reviewRule: undefined });
  await reviewDesk(desk, {});
  await expect(desk.does('ada', 'close')).rejects.toMatchObject(refusal);
  await desk.reconcile();
  reviews.expectTold(OWNER, /A review is due/);
  expect(await reviews.review()).toMatchObject({ status: 'writing', because: ['severity'] });
  expect(await desk.incident()).toMatchObject({ status: 'resolved' });
});

test('what is still open is not closed, whatever its review says', async () => {
  const { desk, reviews } = await scene();
  reviews.overlook(OWNER);
  await desk.does('ada', 'reopen');
  await expect(desk.does('ada', 'close')).rejects.toMatchObject({
    message: expect.stringContaining('is triggered, so it cannot be closed'),
  });
  for (const name of ['ada', 'bo', 'cy', 'dee']) reviews.overlook(...desk.cast.addresses(name));
});
