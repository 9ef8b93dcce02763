import { expect, test } from 'vitest';
import { handler } from '../../functions/answer-notice.ts';
import { seedDemo } from '../../infra/local/demo.ts';
import { demoReviewLink, writeDemoReview } from '../../infra/local/demo-review.ts';
import { leaksIn } from '../../shared/domain/preventive/leaks.ts';
import { reviewMarkdown } from '../../shared/domain/preventive/review-document.ts';
import { missingFrom } from '../../shared/domain/preventive/review-readiness.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { documentOf, internalOf } from '../../shared/workflow/reviews/document.ts';
import type { Desk } from '../support/desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());

const written = async () => {
  const desk = await open();
  expect(await demoReviewLink(desk.ports)).toBeUndefined();
  await seedDemo(desk.ports);
  await writeDemoReview(desk.ports);
  return { desk, review: await reviewIn(desk) };
};

const reviewIn = async ({ ports }: Desk) => {
  const { items: clients } = await ports.store.list({ of: 'client' }, { limit: 10 });
  const lists = clients.map(({ id: clientId }) =>
    ports.store.list({ of: 'review', clientId }, { limit: 10 }),
  );
  const [review, ...others] = (await Promise.all(lists)).flatMap(({ items }) => items);
  if (!review) throw new Error('The demo has no review.');
  expect(others).toEqual([]);
  return review;
};

test('the demo has one review, which went all the way and is published', async () => {
  const { desk, review } = await written();
  expect(review).toMatchObject({ status: 'published', publications: 1, approvals: [{}, {}] });
  const { contents, around } = await documentOf(desk.ports, review);
  expect(missingFrom(contents)).toEqual([]);
  expect(contents.sections.filter(({ prefilled }) => prefilled)).toEqual([]);
  expect(contents.findings.filter(({ answers }) => answers.length > 1).length).toBeGreaterThanOrEqual(2);
  expect(leaksIn(contents, await internalOf(desk.ports, review))).toEqual([]);
  const document = reviewMarkdown(contents, around);
  for (const part of [
    'retelling, for demonstration',
    'Tidewater Tickets had no part in it',
    'about.gitlab.com',
  ])
    expect(document).toContain(part);
  expect(document).not.toMatch(/per_|svc_|undefined|somebody who is gone|Not tied to the problem/);
  expect(contents.publications[0]?.markdown).toContain('retelling, for demonstration');
});

test('what came of it is done and proven, one of it at the second try', async () => {
  const { desk, review } = await written();
  const { around } = await documentOf(desk.ports, review);
  expect(around.actionItems.map(({ status }) => status)).toEqual(Array(5).fill('proven'));
  expect(around.actionItems.map(({ reopenings }) => reopenings).toSorted()).toEqual([0, 0, 0, 0, 1]);
});

test('it pages nobody, writes to nobody, and leaves nothing to be reminded of', async () => {
  const { desk } = await written();
  await desk.settle();
  desk.expectNobodyPaged();
  const ranks = ['page-sev1', 'page-sev2', 'page-other', 'notice'] as const;
  for (const rank of ranks)
    expect(
      await desk.ports.store.due(rank, { now: '2999-01-01T00:00:00.000Z', oldestFirst: true, limit: 9 }),
    ).toEqual([]);
  await desk.pass('P30D');
  desk.expectNobodyPaged();
});

test('its link opens it without a key, and so does that of the client’s reader what was published', async () => {
  const { desk, review } = await written();
  usePorts(desk.ports);
  const link = await demoReviewLink(desk.ports);
  const { statusCode, body } = await handler({
    ...{ rawPath: new URL(link ?? '').pathname, requestContext: { http: { method: 'GET' } } },
  });
  expect(statusCode).toBe(200);
  expect(body).toContain('GitLab.com is down');
  expect(body).not.toContain('<form');
  expect(link).toContain(review.id);
});
