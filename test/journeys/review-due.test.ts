import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { LEAD, OWNER, reviewDesk } from '../support/review-desk.ts';

const open = deskOn(testEngine());

const FILLED_IN = ['detection', 'impact', 'people', 'response', 'summary', 'timeline'];
const NEVER = { severities: [], repeats: false };

const scene = async (rule: object, client: object = {}) => {
  const desk = await open();
  return { desk, reviews: await reviewDesk(desk, rule, client) };
};

test('a severe incident has a review opened when it is resolved, filled in from what is known of it', async () => {
  const { desk, reviews } = await scene({});
  await reviews.resolvedIncident();
  const told = reviews.expectTold(OWNER, /A review is due/);
  expect(told.text).toMatch(
    /because of its severity[\s\S]*incident #1, “checkout is broken”[\s\S]*Due 2026-01-10 09:00 UTC[\s\S]*\/n\/rev_/,
  );
  const { review, sections } = await reviews.contents();
  expect(review).toMatchObject({
    ...{ status: 'writing', because: ['severity'], technique: 'five-whys', problem: 'checkout is broken' },
    ...{ ownerId: reviews.id('ada'), technicalLeadId: reviews.id('bo'), projectManagerId: reviews.id('cy') },
    ...{ dueAt: '2026-01-10T09:00:00.000Z', authors: [], revision: 1 },
  });
  expect(sections.map(({ name }) => name).toSorted()).toEqual(FILLED_IN);
  expect(sections.every(({ prefilled }) => prefilled)).toBe(true);
  const lines = (await desk.timeline()).filter(({ what }) => what === 'review-due');
  expect(lines).toHaveLength(1);
  expect(lines[0]?.refersTo).toEqual({ reviewId: review.id });
});

test.each([
  ['its severity is not among those of the rule', { severities: ['sev1'], repeats: false }, 'sev3'],
  ['nothing in the rule speaks for it', NEVER, 'sev1'],
  ['it was quick enough', { ...NEVER, breach: { acknowledgeWithin: 'PT5M', resolveWithin: 'PT1H' } }, 'sev1'],
  ['nothing like it was there before', { severities: [] }, 'sev1'],
] as const)('none is opened when %s', async (_, rule, severity) => {
  const { desk, reviews } = await scene(rule);
  await reviews.resolvedIncident('checkout', severity);
  await expect(reviews.review()).rejects.toMatchObject({ code: 'not-found' });
  expect((await desk.timeline()).map(({ what }) => what)).not.toContain('review-due');
});

test('a client without a rule has none by itself', async () => {
  const { reviews } = await scene({}, { reviewRule: undefined });
  await reviews.resolvedIncident();
  await expect(reviews.review()).rejects.toMatchObject({ code: 'not-found' });
});

test('every incident has one where the rule says always', async () => {
  const { reviews } = await scene({ ...NEVER, always: true });
  await reviews.resolvedIncident('checkout', 'sev4');
  reviews.expectTold(OWNER, /A review is due/);
  expect((await reviews.review()).because).toEqual(['always']);
});

test('one that took too long has one', async () => {
  const { desk, reviews } = await scene({ ...NEVER, breach: { resolveWithin: 'PT30M' } });
  await desk.alert('checkout', { severity: 'sev3' });
  await desk.does('ada', 'acknowledge');
  await desk.pass('PT31M');
  await desk.does('ada', 'resolve');
  reviews.overlook(...desk.cast.addresses('ada'));
  expect((await reviews.review()).because).toEqual(['breach']);
});

test('the second one that looks the same has one', async () => {
  const { desk, reviews } = await scene({ severities: [] });
  await reviews.resolvedIncident('checkout');
  await desk.pass('P1D');
  const second = await reviews.resolvedIncident('checkout');
  reviews.expectTold(OWNER, /A review is due: review of #2/);
  expect((await reviews.review(second)).because).toEqual(['repeat']);
});

test('one that was ended before anyone responded has one too, and the technical lead owns it', async () => {
  const { desk, reviews } = await scene({});
  await desk.alert('checkout');
  await desk.resolved('checkout');
  reviews.expectTold(LEAD, /A review is due/);
  reviews.overlook(...desk.cast.addresses('ada'));
  const { review, sections } = await reviews.contents();
  expect(review.ownerId).toBe(reviews.id('bo'));
  expect(sections.find(({ name }) => name === 'detection')?.text).toMatch(
    /checkout is broken[\s\S]*ended before anyone responded/,
  );
});

test('resolving it a second time opens no second review, and fills in anew what nobody has touched', async () => {
  const { desk, reviews } = await scene({});
  await reviews.resolvedIncident();
  reviews.expectTold(OWNER, /A review is due/);
  await reviews.write('summary', { text: 'The shop was down.' });
  await desk.pass('PT1H');
  await desk.does('ada', 'reopen');
  await desk.pass('PT2H');
  await desk.does('bo', 'resolve');
  for (const name of ['ada', 'bo', 'cy', 'dee', 'fallback']) reviews.overlook(...desk.cast.addresses(name));
  const { review, sections } = await reviews.contents();
  expect(review).toMatchObject({ status: 'writing', revision: 3, episode: 2, authors: [reviews.id('dee')] });
  const text = (name: string) => sections.find((section) => section.name === name)?.text ?? '';
  expect(text('summary')).toBe('The shop was down.');
  expect(text('timeline')).toMatch(/Reopened by Ada[\s\S]*Resolved by Bo/);
  expect((await reviews.history()).map(({ text: line }) => line).join('\n')).toContain(
    'was reopened and resolved again',
  );
  expect((await desk.timeline()).filter(({ what }) => what === 'review-due')).toHaveLength(1);
});

test('where an approver is missing, everybody who is there hears so, and the fallback contact', async () => {
  const { reviews } = await scene({}, { projectManagerId: undefined });
  await reviews.resolvedIncident();
  reviews.expectTold(OWNER, /A review is due/);
  for (const address of [OWNER, LEAD, 'fallback@example.com'])
    expect(reviews.expectTold(address, /An approver is missing/).text).toContain('a project manager');
  expect((await reviews.history()).map(({ what }) => what)).toContain('approver-missing');
});

test('when that cannot be written at first, it is tried again, and there is still one', async () => {
  const { desk, reviews } = await scene({});
  const { commit } = desk.ports.store;
  let failures = 0;
  desk.ports.store.commit = async (writes) => {
    const isReview = writes.some((write) => 'put' in write && write.put.kind === 'review');
    if (isReview && failures++ < 2) throw new Error('the table is away');
    return commit(writes);
  };
  await reviews.resolvedIncident();
  await expect(reviews.review()).rejects.toMatchObject({ code: 'not-found' });
  await desk.pass('PT2M');
  expect(desk.alarms.splice(0)).toHaveLength(2);
  reviews.expectTold(OWNER, /A review is due/);
  expect(await reviews.review()).toMatchObject({ status: 'writing', revision: 1 });
  await desk.pass('PT10M');
});
