import { expect, test } from 'vitest';
import { changeReview } from '../../shared/workflow/reviews/change.ts';
import { deskOn, isDown, refuses } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { LEAD, MANAGER, OWNER, READER, reviewDesk } from '../support/review-desk.ts';

const open = deskOn(testEngine());

const approved = async (rule: object = {}) => {
  const desk = await open();
  const reviews = await reviewDesk(desk, rule);
  await reviews.resolvedIncident();
  await reviews.writeAll();
  await reviews.submit();
  await reviews.approve('bo');
  await reviews.approve('cy');
  reviews.overlook(OWNER, LEAD, MANAGER);
  return { desk, reviews };
};

const bothAreAsked = (reviews: Awaited<ReturnType<typeof reviewDesk>>): void => {
  for (const address of [LEAD, MANAGER])
    expect(reviews.expectTold(address, /Please approve/).text).toContain('changed after approval');
};

test('a change after both approved clears that, and asks both again, once however often it is changed', async () => {
  const { reviews } = await approved();
  await reviews.write('lucky', { text: 'A quiet night.' });
  bothAreAsked(reviews);
  expect(await reviews.review()).toMatchObject({ status: 'in-review', approvals: [] });
  await reviews.write('lucky', { text: 'A very quiet night.' });
  await reviews.approve('bo');
  await reviews.write('lucky', { text: 'The quietest night of the year.' });
  bothAreAsked(reviews);
  expect((await reviews.review()).approvals).toEqual([]);
  await reviews.approve('bo');
  await reviews.approve('cy');
  reviews.expectTold(OWNER, /Approved/);
  reviews.expectTold(MANAGER, /Approved/);
  expect(await reviews.review()).toMatchObject({ status: 'approved' });
});

test('edits before any approval ask nobody again', async () => {
  const desk = await open();
  const reviews = await reviewDesk(desk);
  await reviews.resolvedIncident();
  await reviews.writeAll();
  await reviews.submit();
  reviews.overlook(OWNER, LEAD, MANAGER);
  await reviews.write('lucky', { text: 'A quiet night.' });
  expect(await reviews.review()).toMatchObject({ status: 'in-review', approvals: [] });
});

test('asking another question is a change of what was approved too', async () => {
  const { desk, reviews } = await approved();
  const { id, revision } = await reviews.review();
  const patch = { problem: 'Why did nobody see it?', by: reviews.id('dee') };
  await changeReview(desk.ports, reviews.caller(), { id, patch });
  await desk.reconcile();
  bothAreAsked(reviews);
  expect(await reviews.review()).toMatchObject({
    status: 'in-review',
    approvals: [],
    revision: revision + 1,
  });
});

test('naming somebody else to see to it changes nothing of what was approved', async () => {
  const { desk, reviews } = await approved();
  const { id, revision } = await reviews.review();
  await changeReview(desk.ports, reviews.caller(), { id, patch: { ownerId: reviews.id('dee') } });
  expect(await reviews.review()).toMatchObject({ status: 'approved', approvals: [{}, {}], revision });
});

test('another approver has to approve for themselves; what the other role approved stays', async () => {
  const desk = await open();
  const reviews = await reviewDesk(desk);
  await reviews.resolvedIncident();
  await reviews.writeAll();
  await reviews.submit();
  await reviews.approve('bo');
  await reviews.approve('bo');
  reviews.overlook(OWNER, LEAD, MANAGER);
  const { id } = await reviews.review();
  const name = (patch: object) => changeReview(desk.ports, reviews.caller(), { id, patch });
  await expect(name({ projectManagerId: reviews.id('bo') })).rejects.toMatchObject({
    problems: [{ path: 'body.projectManagerId', message: expect.stringContaining('two different people') }],
  });
  await expect(name({ ownerId: 'per_nobody' })).rejects.toMatchObject({
    problems: [{ path: 'body.ownerId' }],
  });
  await name({ projectManagerId: reviews.id('ada') });
  await desk.reconcile();
  reviews.expectTold(OWNER, /Please approve/);
  expect((await reviews.review()).approvals).toMatchObject([{ role: 'technical-lead' }]);
  await expect(reviews.approve('cy')).rejects.toMatchObject({ code: 'forbidden' });
  expect(await reviews.approve('ada')).toMatchObject({ status: 'approved' });
  reviews.expectTold(OWNER, /Approved/);
});

test('what was published is published again once both have approved the change', async () => {
  const { desk, reviews } = await approved({ publishTo: [{ id: 'rita', name: 'Rita', email: READER }] });
  await reviews.publish();
  reviews.expectTold(READER, /What happened/);
  await reviews.write('client-summary', { text: 'For two hours no orders could be placed.' });
  bothAreAsked(reviews);
  await expect(reviews.publish()).rejects.toMatchObject({ code: 'illegal-move' });
  await reviews.approve('bo');
  await reviews.approve('cy');
  reviews.overlook(OWNER, MANAGER);
  await reviews.publish();
  expect(reviews.expectTold(READER, /corrected/).text).toContain('replaces the previous one');
  const { publications } = await reviews.contents();
  expect(publications.map(({ number }) => number)).toEqual([1, 2]);
  expect(publications[0]?.markdown).toContain('For an hour');
  expect(publications[1]?.markdown).toContain('For two hours');
  await desk.pass('P30D');
});

test('a reader who could not be reached at once still gets what was published, whatever is written since', async () => {
  const { desk, reviews } = await approved({ publishTo: [{ id: 'rita', name: 'Rita', email: READER }] });
  desk.channel('email', isDown);
  await reviews.publish();
  await reviews.write('lucky', { text: 'A quiet night.' });
  desk.channel('email', ({ id }) => ({ handedOver: true, reference: id }));
  await desk.pass('PT1H');
  reviews.expectTold(READER, /What happened/);
  bothAreAsked(reviews);
});

test('when a reader cannot be reached at all, the project manager hears and gives it to them another way', async () => {
  const { desk, reviews } = await approved({ publishTo: [{ id: 'rita', name: 'Rita', email: READER }] });
  desk.channel('email', (message) =>
    message.to === READER ? refuses(message) : { handedOver: true, reference: 'r' },
  );
  await reviews.publish();
  expect(reviews.expectTold(MANAGER, /Not delivered/).text).toMatch(
    /Rita at Harbour Books[\s\S]*another way/,
  );
  expect((await reviews.history()).map(({ what }) => what)).toContain('unreached');
});

test('that a reader was not reached is said, whatever is written before it can be', async () => {
  const { desk, reviews } = await approved({ publishTo: [{ id: 'rita', name: 'Rita', email: READER }] });
  desk.channel('email', (message) => (message.to === READER ? refuses(message) : isDown(message)));
  await reviews.publish();
  await reviews.write('lucky', { text: 'A quiet night.' });
  desk.channel('email', ({ id }) => ({ handedOver: true, reference: id }));
  await desk.pass('PT1H');
  expect(reviews.expectTold(MANAGER, /Not delivered/).text).toContain('Rita at Harbour Books');
  bothAreAsked(reviews);
});
