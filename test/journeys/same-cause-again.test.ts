import { expect, test } from 'vitest';
import { ActionItemBody } from '../../shared/domain/preventive/action-item/action-item.ts';
import { FindingBody } from '../../shared/domain/preventive/finding/body.ts';
import type { Finding } from '../../shared/domain/preventive/finding/finding.ts';
import { completeItem } from '../../shared/workflow/action-items/actions.ts';
import { makeItem } from '../../shared/workflow/action-items/make.ts';
import { showItem } from '../../shared/workflow/action-items/read.ts';
import { putFinding } from '../../shared/workflow/reviews/put-finding.ts';
import { actionDesk, DUE, LEAD, MANAGER, OWNER } from '../support/action-desk.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { approvedReview, recognised, says } from '../support/past.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());

const mail = (name: string) => [
  { id: 'mail', channel: 'email' as const, address: `${name}@example.com`, verified: true },
];
/** Bo leads, Cy manages; Ada is paged by text, and owns what is to be done. */
const methods = {
  ...byTextAlone,
  ada: [...byTextAlone.ada, ...mail('ada')],
  bo: mail('bo'),
  cy: mail('cy'),
};
const rules = { ada: [{ urgency: 'high' as const, methodId: 'sms', delay: 'PT0S' }] };
const cast = { steps: onlyAda, methods, rules };

const happens = async (desk: Desk, key = 'checkout', summary = 'checkout is broken'): Promise<string> => {
  const { incidentId = '' } = await desk.alert(key, { summary });
  desk.expectPaged('ada', 'sms');
  return incidentId;
};

const isOver = async (desk: Desk, id: string): Promise<void> => {
  await says(desk, 'ada', { what: 'resolve', note: 'A restart.', of: id });
  await desk.pass('PT1H');
};

const CAUSE = 'cau_pool';

/** An incident whose review has found a cause, and what should prevent it: done. */
const preventedOnce = async (desk: Desk) => {
  const actions = await actionDesk(desk);
  const first = await happens(desk);
  await isOver(desk, first);
  await approvedReview(desk, { of: first, cause: { id: CAUSE, isNew: true }, fix: 'A larger pool.' });
  const { id } = await actions.make({ causeIds: [CAUSE], verification: { type: 'no-recurrence' } });
  await desk.pass('PT1H');
  await actions.complete(id);
  actions.heard();
  await desk.pass('P1D');
  return { actions, first, itemId: id };
};

const sightings = async (desk: Desk): Promise<[string, string][]> => {
  const { items } = await desk.ports.store.list({ of: 'cause-sighting', causeId: CAUSE }, { limit: 10 });
  return items.map(({ incidentId, how }) => [incidentId, how]);
};

test('the same alert again: what should have prevented it is open again, once, and its owner and lead hear of it', async () => {
  const desk = await open({ cast });
  const { actions, first, itemId } = await preventedOnce(desk);
  const second = await happens(desk);
  expect(await recognised(desk, second)).toEqual([
    'Looks like #1 of 2026-01-05 (same alert). What helped then: A larger pool.',
  ]);
  expect(await actions.item(itemId)).toMatchObject({ status: 'open', reopenings: 1, reopenedFor: second });
  for (const address of [OWNER, LEAD])
    expect(actions.expectTold(address, /^Open again/).text).toContain('recurred in incident 2');
  expect(await actions.history(itemId)).toEqual(['made', 'done', 'reopened']);
  expect(await sightings(desk)).toEqual([
    [first, 'review'],
    [second, 'alert-key'],
  ]);
});

test('what was proven long ago is open again as well', async () => {
  const desk = await open({ cast });
  const { actions, first, itemId } = await preventedOnce(desk);
  await desk.pass('P90D');
  expect((await actions.item(itemId)).status).toBe('proven');
  expect(actions.heard().sort()).toEqual(['ada: Proven', 'bo: Proven']);
  const again = await happens(desk);
  const item = await actions.item(itemId);
  expect(item).toMatchObject({ status: 'open', reopenings: 1, reopenedFor: again });
  expect(item.provenAt).toBeUndefined();
  expect(actions.heard().sort()).toEqual(['ada: Open again', 'bo: Open again']);
  expect((await sightings(desk)).map(([incidentId]) => incidentId)).toEqual([first, again]);
});

test('a third time too, though nobody has reviewed the second', async () => {
  const desk = await open({ cast });
  const { actions, itemId } = await preventedOnce(desk);
  await isOver(desk, await happens(desk));
  await actions.complete(itemId);
  actions.heard();
  await desk.pass('P1D');
  const third = await happens(desk);
  expect(await actions.item(itemId)).toMatchObject({ status: 'open', reopenings: 2, reopenedFor: third });
  actions.expectTold(OWNER, /^Open again/);
  actions.expectTold(LEAD, /^Open again/);
});

test('its review says the same: nothing happens twice, and the sighting is sure', async () => {
  const desk = await open({ cast });
  const { actions, first, itemId } = await preventedOnce(desk);
  const second = await happens(desk);
  actions.heard();
  await isOver(desk, second);
  await actions.complete(itemId);
  actions.heard();
  await approvedReview(desk, { of: second, cause: { id: CAUSE, isNew: false }, fix: 'An even larger pool.' });
  expect((await actions.item(itemId)).status).toBe('done');
  expect(await sightings(desk)).toEqual([
    [first, 'review'],
    [second, 'review'],
  ]);
});

test('its review says another cause: then it was not this one that came up', async () => {
  const desk = await open({ cast });
  const { actions, first } = await preventedOnce(desk);
  const second = await happens(desk);
  actions.heard();
  await isOver(desk, second);
  await approvedReview(desk, { of: second, cause: { id: 'cau_other', isNew: true }, fix: 'A new cable.' });
  expect(await sightings(desk)).toEqual([[first, 'review']]);
});

test('another alert whose review names the cause: that opens it again as well, once', async () => {
  const desk = await open({ cast });
  const { actions, itemId } = await preventedOnce(desk);
  const other = await happens(desk, 'search', 'nothing is found any more');
  expect(await recognised(desk, other)).toEqual([]);
  await isOver(desk, other);
  expect((await actions.item(itemId)).status).toBe('done');
  const cause = { id: CAUSE, isNew: false };
  await approvedReview(desk, { of: other, cause, fix: 'The pool again.' });
  expect(await actions.item(itemId)).toMatchObject({ status: 'open', reopenedFor: other });
  expect(actions.heard().sort()).toEqual(['ada: Open again', 'bo: Open again']);
  await actions.complete(itemId);
  actions.heard();
  await approvedReview(desk, { of: other, cause, fix: 'The pool again, said better.' });
  expect((await actions.item(itemId)).status).toBe('done');
});

test('the same words from another alert only say so', async () => {
  const desk = await open({ cast });
  const { actions, itemId } = await preventedOnce(desk);
  const other = await happens(desk, 'checkout-of-another-monitor');
  expect((await recognised(desk, other))[0]).toContain('(similar words)');
  expect(await actions.item(itemId)).toMatchObject({ status: 'done', reopenings: 0 });
  expect(await sightings(desk)).toHaveLength(1);
});

test('however much has happened to the service since, the same alert is known again', async () => {
  const desk = await open({ cast });
  const { actions, itemId } = await preventedOnce(desk);
  for (let other = 0; other < 50; other += 1) {
    await happens(desk, `other-${other}`, 'nothing alike');
    await desk.pass('PT1S');
  }
  const again = await happens(desk);
  expect((await recognised(desk, again))[0]).toMatch(/^Looks like #1 of .* \(same alert\)/);
  expect(await actions.item(itemId)).toMatchObject({ status: 'open', reopenedFor: again });
  expect(actions.heard().sort()).toEqual(['ada: Open again', 'bo: Open again']);
});

/** The review of the newest incident: five whys that end in a cause, and both approvals. */
const reviewed = async (desk: Desk, reviews: ReviewDesk, cause: object): Promise<Finding> => {
  const { id } = await reviews.review();
  const text = 'Nobody had measured what a sale needs.';
  const body = FindingBody.parse({ text, answers: ['problem'], by: reviews.id('dee'), cause });
  const finding = await putFinding(desk.ports, reviews.caller(), { id, body });
  for (const [name, section] of [
    ['summary', { text: 'The shop took no orders for an hour.' }],
    ['impact', { text: 'Nobody could pay.' }],
    ['fix', { text: 'A larger pool.', choice: 'short-term' }],
    ['one-person', { text: '', choice: 'yes' }],
  ] as const)
    await reviews.write(name, section);
  await approved(reviews);
  return finding;
};

const approved = async (reviews: ReviewDesk): Promise<void> => {
  if ((await reviews.review()).status === 'writing') await reviews.submit();
  await reviews.approve('bo');
  expect(await reviews.approve('cy')).toMatchObject({ status: 'approved' });
  reviews.overlook(OWNER, LEAD, MANAGER, 'dee@example.com');
};

test('a review that names a cause from before, once it is approved by both, opens what should have prevented it', async () => {
  const desk = await open();
  const reviews = await reviewDesk(desk, { severities: ['sev1'] });
  await reviews.resolvedIncident('checkout');
  const { cause } = await reviewed(desk, reviews, { type: 'capacity' });
  const causeId = cause?.id ?? '';
  const { clientId } = await desk.incident();
  const body = ActionItemBody.parse({
    ...{ clientId, title: 'Size the pool by load', type: 'long-term-fix', ownerId: reviews.id('ada') },
    ...{ dueAt: DUE, causeIds: [causeId], verification: { type: 'no-recurrence' } },
  });
  const { id } = await makeItem(desk.ports, reviews.caller(), body);
  await completeItem(desk.ports, reviews.caller(), { id, by: reviews.id('ada') });
  const item = () => showItem(desk.ports, reviews.caller().principal, id);
  await desk.pass('P1D');
  reviews.overlook(OWNER, LEAD, MANAGER);

  const other = await reviews.resolvedIncident('search');
  await desk.pass('PT1H');
  reviews.overlook(OWNER);
  expect(await recognised(desk, other)).toEqual([]);
  expect((await item()).status).toBe('done');
  await reviewed(desk, reviews, { sameAs: causeId });
  expect(await item()).toMatchObject({ status: 'open', reopenings: 1, reopenedFor: other });
  const { items: seen } = await desk.ports.store.list({ of: 'cause-sighting', causeId }, { limit: 10 });
  expect(seen.map(({ incidentId, how }) => [incidentId === other, how])).toEqual([
    [false, 'review'],
    [true, 'review'],
  ]);

  await completeItem(desk.ports, reviews.caller(), { id, by: reviews.id('ada') });
  await reviews.write('fix', { text: 'The pool again, said better.', choice: 'long-term' });
  await approved(reviews);
  expect(await item()).toMatchObject({ status: 'done', reopenings: 1 });
});
