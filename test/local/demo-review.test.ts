import { expect, test } from 'vitest';
import { handler } from '../../functions/answer-notice.ts';
import { seedDemo } from '../../infra/local/demo.ts';
import { callerOf } from '../../infra/local/demo-cast.ts';
import { demoReviewLink, writeDemoReview } from '../../infra/local/demo-review.ts';
import { reviewMarkdown } from '../../shared/domain/preventive/document/document.ts';
import { leaksIn } from '../../shared/domain/preventive/document/leaks.ts';
import { missingFrom } from '../../shared/domain/preventive/review/readiness.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { changeReview } from '../../shared/workflow/reviews/change.ts';
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
  const { contents, context } = await documentOf(desk.ports, review);
  expect(missingFrom(contents)).toEqual([]);
  expect(contents.sections.filter(({ prefilled }) => prefilled)).toEqual([]);
  expect(contents.findings.filter(({ answers }) => answers.length > 1).length).toBeGreaterThanOrEqual(2);
  expect(leaksIn(contents, await internalOf(desk.ports, review))).toEqual([]);
  const document = reviewMarkdown(contents, context);
  for (const part of [
    'retelling, for demonstration',
    'Tidewater Tickets had no part in it',
    'about.gitlab.com',
  ])
    expect(document).toContain(part);
  expect(document).not.toMatch(/per_|svc_|undefined|a removed person|Not tied to the problem/);
  expect(contents.publications[0]?.markdown).toContain('retelling, for demonstration');
});

test('what came of it is done and proven, one of it at the second try', async () => {
  const { desk, review } = await written();
  const { context } = await documentOf(desk.ports, review);
  expect(context.actionItems.map(({ status }) => status)).toEqual(Array(5).fill('proven'));
  expect(context.actionItems.map(({ reopenings }) => reopenings).toSorted()).toEqual([0, 0, 0, 0, 1]);
});

test('it pages nobody, writes to nobody, and leaves nothing to be reminded of', async () => {
  const { desk } = await written();
  await desk.reconcile();
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

test('a start that was killed half-way is gone on with at the next one, to the same end', async () => {
  const { desk: whole, review } = await written();
  const told = await sumOf(whole);
  const desk = await open();
  await seedDemo(desk.ports);
  for (let commits = 1, begun = 0; begun < 200; begun += 1) {
    if (await isWritten(killedAfter(desk.ports, commits))) break;
    commits += begun % 3;
  }
  expect(await sumOf(desk)).toEqual(told);
  expect((await reviewIn(desk)).id).toBe(review.id);
});

test('once it is written it is the user’s: another start changes nothing', async () => {
  const { desk, review } = await written();
  const patch = { problem: 'Another problem' };
  await changeReview(desk.ports, callerOf(desk.ports), { id: review.id, patch });
  const before = await reviewIn(desk);
  await writeDemoReview(desk.ports);
  expect(await reviewIn(desk)).toEqual(before);
});

test('nothing is written where the demo’s people are not there', async () => {
  const { ports } = await open();
  const refuses = () => {
    throw new Error('nothing is to be written');
  };
  await writeDemoReview({ ...ports, store: { ...ports.store, commit: refuses } });
  expect(await demoReviewLink(ports)).toBeUndefined();
});

/** A process that dies with its next commit after so many. */
const killedAfter = (ports: Ports, commits: number): Ports => {
  let left = commits;
  const commit: Ports['store']['commit'] = (writes) => {
    left -= 1;
    if (left < 0) throw new Error('killed');
    return ports.store.commit(writes);
  };
  return { ...ports, store: { ...ports.store, commit } };
};

const isWritten = async (ports: Ports): Promise<boolean> => {
  try {
    await writeDemoReview(ports);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ message: 'killed' });
    return false;
  }
};

/** All that there is of it, without what is by chance. */
const sumOf = async (desk: Desk) => {
  const review = await reviewIn(desk);
  const { contents, context } = await documentOf(desk.ports, review);
  const { status, approvals, revision, authors } = review;
  return {
    ...{ status, revision, authors, approvals: approvals.map(({ role, by }) => [role, by]) },
    texts: contents.sections.map(({ name, text }) => [name, text]),
    findings: contents.findings
      .map(({ text, answers, evidenceIds }) => [text, answers.length, evidenceIds.length])
      .toSorted(),
    evidence: contents.evidence.map(({ title }) => title).toSorted(),
    published: contents.publications.map(({ markdown }) => markdown),
    items: context.actionItems.map(({ title, status: is, reopenings }) => [title, is, reopenings]).toSorted(),
  };
};
