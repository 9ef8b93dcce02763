import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { LEAD, MANAGER, OWNER, READER, reviewDesk } from '../support/review-desk.ts';

const open = deskOn(testEngine());

const PUBLISHED_TO = { publishTo: [{ id: 'rita', name: 'Rita Reader', email: READER }] };

/** A review that waits to be written; its owner has heard. */
const scene = async (rule: object = {}) => {
  const desk = await open();
  const reviews = await reviewDesk(desk, rule);
  await reviews.resolvedIncident();
  reviews.expectTold(OWNER, /A review is due/);
  return { desk, reviews };
};

const written = async (rule: object = {}) => {
  const { desk, reviews } = await scene(rule);
  await reviews.writeAll();
  await reviews.submit();
  reviews.expectTold(LEAD, /Please approve/);
  reviews.expectTold(MANAGER, /Please approve/);
  return { desk, reviews };
};

test('it cannot be submitted before the essentials are there, and all that is missing is named at once', async () => {
  const { reviews } = await scene();
  await reviews.write('one-person', { text: '', choice: 'no' });
  await expect(reviews.submit()).rejects.toMatchObject({
    code: 'illegal-move',
    problems: [
      { path: 'findings', message: expect.stringContaining('at least one cause') },
      { path: 'sections.fix', message: expect.stringContaining('short-term or long-term') },
      { path: 'sections.one-person', message: expect.stringContaining('why') },
    ],
  });
  await expect(reviews.approve('bo')).rejects.toMatchObject({ code: 'illegal-move' });
});

test('two approve it, each in their own role, and it is published in fixed words to whoever is to read it', async () => {
  const { desk, reviews } = await written(PUBLISHED_TO);
  expect(await reviews.approve('bo')).toMatchObject({
    status: 'in-review',
    approvals: [{ role: 'technical-lead' }],
  });
  await reviews.approve('bo');
  await expect(reviews.publish()).rejects.toMatchObject({ code: 'illegal-move' });
  expect(await reviews.approve('cy')).toMatchObject({ status: 'approved' });
  reviews.expectTold(OWNER, /Approved/);
  expect(reviews.expectTold(MANAGER, /Approved: ready to publish/).text).toContain('publish it');
  expect(await reviews.approve('cy')).toMatchObject({ status: 'approved', approvals: [{}, {}] });
  await desk.pass('P1D');
  reviews.expectTold(MANAGER, /Ready to publish/);
  expect(await reviews.publish()).toMatchObject({ status: 'published', publications: 1 });
  const told = reviews.expectTold(READER, /What happened to Shop/);
  expect(told.text).toMatch(/Hello Rita Reader[\s\S]*\/n\/rev_\w+\/rita\//);
  const { publications } = await reviews.contents();
  expect(publications).toMatchObject([{ number: 1, to: [{ id: 'rita', name: 'Rita Reader' }] }]);
  expect(publications[0]?.markdown).toContain('For an hour no orders could be placed.');
  expect(await reviews.publish()).toMatchObject({ publications: 1 });
  await desk.pass('P60D');
});

test('what the client would read holds nothing internal: all of it is named, and nothing is published', async () => {
  const { reviews } = await scene(PUBLISHED_TO);
  await reviews.writeAll();
  await reviews.write('client-summary', { text: 'Ada restarted it; ask ada@example.com.' });
  await reviews.submit();
  await reviews.approve('bo');
  await reviews.approve('cy');
  await expect(reviews.publish()).rejects.toMatchObject({
    code: 'invalid',
    problems: expect.arrayContaining([expect.objectContaining({ path: 'sections.client-summary' })]),
  });
  expect(await reviews.contents()).toMatchObject({ review: { status: 'approved' }, publications: [] });
  reviews.overlook(OWNER, LEAD, MANAGER);
});

test('nobody approves their own words, and they hear what to do', async () => {
  const { reviews } = await scene();
  await reviews.writeAll();
  await reviews.write('lucky', { text: 'It was a quiet night.' }, 'bo');
  await reviews.submit();
  expect(reviews.expectTold(LEAD, /Please approve/).text).toContain(
    'cannot approve it. Name another approver',
  );
  reviews.expectTold(MANAGER, /Please approve/);
  await expect(reviews.approve('bo')).rejects.toMatchObject({
    code: 'illegal-move',
    message: expect.stringContaining('PATCH technicalLeadId'),
  });
});

test.each(['ada', 'dee'] as const)('%s, who owns or wrote it, is no approver of it', async (name) => {
  const { reviews } = await written();
  await expect(reviews.approve(name)).rejects.toMatchObject({ code: 'forbidden' });
});

test('what was read before the last change is not approved', async () => {
  const { reviews } = await written();
  const { revision } = await reviews.review();
  await reviews.write('lucky', { text: 'It was a quiet night.' });
  await expect(reviews.approve('bo', revision)).rejects.toMatchObject({ code: 'stale' });
  expect(await reviews.approve('bo', revision + 1)).toMatchObject({
    approvals: [{ revision: revision + 1 }],
  });
});

test('one of the two asks for changes: the owner hears why, and it is submitted again', async () => {
  const { reviews } = await written();
  await reviews.approve('bo');
  expect(await reviews.askForChanges('cy', 'Say what it cost.')).toMatchObject({
    status: 'writing',
    approvals: [],
  });
  expect(reviews.expectTold(OWNER, /Changes requested/).text).toMatch(
    /Cy asks for changes:\s+Say what it cost\./,
  );
  await reviews.write('impact', { text: 'Some forty orders.' });
  await reviews.submit();
  reviews.expectTold(LEAD, /Please approve/);
  reviews.expectTold(MANAGER, /Please approve/);
  await expect(reviews.askForChanges('dee', 'More.')).rejects.toMatchObject({ code: 'forbidden' });
});

test('whoever has not approved is reminded until they do; after three rounds the other one hears', async () => {
  const { desk, reviews } = await written();
  await reviews.approve('cy');
  for (const _ of [1, 2]) {
    await desk.pass('P1D');
    reviews.expectTold(LEAD, /Please approve/);
  }
  await desk.pass('P1D');
  reviews.expectTold(LEAD, /Please approve/);
  expect(reviews.expectTold(MANAGER, /Still not approved/).text).toContain('technical lead has not approved');
  await reviews.approve('bo');
  reviews.expectTold(OWNER, /Approved/);
  reviews.expectTold(MANAGER, /Approved/);
  await desk.pass('P60D');
});
