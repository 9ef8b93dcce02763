import { expect, test } from 'vitest';
import { ActionItemBody } from '../../shared/domain/preventive/action-item/action-item.ts';
import { FindingBody } from '../../shared/domain/preventive/finding/body.ts';
import type { Finding } from '../../shared/domain/preventive/finding/finding.ts';
import { completeItem, verifyItem } from '../../shared/workflow/action-items/actions.ts';
import { makeItem } from '../../shared/workflow/action-items/make.ts';
import { showItem } from '../../shared/workflow/action-items/read.ts';
import { viewByNotice } from '../../shared/workflow/paging/answer-notice.ts';
import { putFinding } from '../../shared/workflow/reviews/put-finding.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { LEAD, MANAGER, OWNER, READER, type ReviewDesk, reviewDesk } from '../support/review-desk.ts';

const open = deskOn(testEngine());
const publishTo = [{ id: 'reader', name: 'Rita Reader', email: READER }];
const EVERYBODY = [OWNER, LEAD, MANAGER, 'dee@example.com', READER];

/** Who was told what since the last time, and nobody else. */
const heard = (desk: Desk): string[] => {
  const told = EVERYBODY.flatMap((address) =>
    desk.take(address).map(({ subject }) => `${address.split('@')[0]}: ${subject.split(':')[0]}`),
  );
  desk.expectNobodyPaged();
  return told;
};

/** Two reasons why, and one cause behind both. */
const fiveWhys = async (desk: Desk, reviews: ReviewDesk): Promise<Finding> => {
  const { id } = await reviews.review();
  const found = async (text: string, answers: string[], more: object = {}): Promise<Finding> => {
    const body = FindingBody.parse({ text, answers, by: reviews.id('dee'), ...more });
    const finding = await putFinding(desk.ports, reviews.caller(), { id, body });
    await desk.reconcile();
    return finding;
  };
  const first = await found('The shop could open no connection.', ['problem']);
  const pool = await found('All connections of the pool were in use.', [first.id]);
  const retries = await found('Every page tried again at once.', [first.id]);
  return found('Nobody had measured what a sale needs.', [pool.id, retries.id], {
    cause: { type: 'capacity' },
  });
};

test('from a resolved incident to a cure that is proven', async () => {
  const desk = await open();
  const reviews = await reviewDesk(desk, { publishTo });
  const { ports } = desk;
  const [ada, bo] = [reviews.id('ada'), reviews.id('bo')];

  await reviews.resolvedIncident();
  expect(heard(desk)).toEqual(['ada: A review is due']);
  const cause = await fiveWhys(desk, reviews);
  const { findings } = await reviews.contents();
  expect(findings.map(({ answers }) => answers.length).sort()).toEqual([1, 1, 1, 2]);

  for (const [name, section] of [
    ['summary', { text: 'The shop took no orders for an hour.' }],
    ['impact', { text: 'Nobody could pay.' }],
    ['fix', { text: 'A larger pool.', choice: 'short-term' }],
    ['one-person', { text: '', choice: 'yes' }],
    ['client-summary', { text: 'For an hour no orders could be placed.' }],
    ['client-cause', { text: 'More people came than the shop was made for.' }],
  ] as const)
    await reviews.write(name, section);
  expect(heard(desk)).toEqual([]);

  await reviews.submit();
  expect(heard(desk)).toEqual(['bo: Please approve', 'cy: Please approve']);
  await expect(reviews.approve('dee')).rejects.toMatchObject({ code: 'forbidden' });
  await reviews.approve('bo');
  expect(await reviews.approve('cy')).toMatchObject({ status: 'approved' });
  heard(desk);

  await reviews.write('fix', { text: 'A pool by load.', choice: 'long-term' });
  expect(await reviews.review()).toMatchObject({ status: 'in-review', approvals: [] });
  expect(heard(desk)).toEqual(['bo: Please approve', 'cy: Please approve']);
  await reviews.approve('bo');
  await reviews.approve('cy');
  heard(desk);

  expect(await reviews.publish()).toMatchObject({ status: 'published', publications: 1 });
  const published = reviews.expectTold(READER, /./);
  const link = /\/n\/(\w+)\/(\w+)\/([\w.-]+)/.exec(published.text) ?? [];
  const [, subjectId = '', recipientId = '', token = ''] = link;
  const shown = await viewByNotice(ports, { subjectId, recipientId, token });
  expect(shown).toMatchObject({ of: 'publication' });
  expect(JSON.stringify(shown)).toContain('no orders could be placed');
  expect(JSON.stringify(shown)).not.toMatch(/pool|Nobody could pay|fnd_|Dee/);
  heard(desk);

  const review = await reviews.review();
  const item = await makeItem(
    ports,
    reviews.caller(),
    ActionItemBody.parse({
      ...{ clientId: review.clientId, title: 'Size the pool by load', type: 'long-term-fix', ownerId: ada },
      ...{ dueAt: '2026-01-19T17:00:00Z', origin: { type: 'review', id: review.id } },
      causeIds: [cause.cause?.id],
      verification: {
        ...{ type: 'statement', statement: 'No wait in the pool at 1,200 requests a second' },
        lookAgainAt: '2026-02-02T09:00:00Z',
      },
    }),
  );
  await desk.reconcile();
  expect(heard(desk)).toEqual(['ada: Assigned to you']);
  await desk.pass('P11DT8H');
  expect(heard(desk)).toEqual(['ada: Due soon']);
  await desk.pass('P3D');
  expect(heard(desk)).toEqual(['ada: Due today', 'ada: Overdue']);
  await desk.pass('P1D');
  expect(heard(desk)).toEqual(['ada: Overdue', 'bo: Overdue']);
  await desk.pass('P2D');
  expect(heard(desk)).toEqual(['ada: Overdue', 'bo: Overdue', 'cy: Overdue']);

  const { id } = item;
  await completeItem(ports, reviews.caller(), { id, by: ada });
  await desk.pass('P11D');
  expect(heard(desk)).toEqual(['bo: Please verify']);
  const failed = { id, by: bo, holds: false, note: 'Four seconds on Monday.' };
  expect(await verifyItem(ports, reviews.caller(), failed)).toMatchObject({ status: 'open', reopenings: 1 });
  await desk.reconcile();
  expect(heard(desk)).toEqual(['ada: Open again', 'bo: Open again']);

  await completeItem(ports, reviews.caller(), { id, by: ada });
  await desk.pass('PT1M');
  expect(heard(desk)).toEqual(['bo: Please verify']);
  await verifyItem(ports, reviews.caller(), { id, by: bo, holds: true });
  expect(await showItem(ports, reviews.caller().principal, id)).toMatchObject({ status: 'proven' });
  await desk.pass('P365D');
  expect(heard(desk)).toEqual([]);
});
