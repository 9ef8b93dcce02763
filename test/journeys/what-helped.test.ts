import { expect, test } from 'vitest';
import type { Fingerprint } from '../../shared/domain/preventive/recurrence/fingerprint.ts';
import { rememberWhatHelped } from '../../shared/workflow/recurrence/remember.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { approvedReview, pageOf, recognised, says } from '../support/past.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const cast = { steps: onlyAda, methods: byTextAlone };

const happens = async (desk: Desk): Promise<string> => {
  const { incidentId = '' } = await desk.alert('checkout');
  desk.expectPaged('ada');
  return incidentId;
};

const fingerprint = async ({ ports, cast: { service } }: Desk, incidentId: string): Promise<Fingerprint> => {
  const found = await ports.store.get({ kind: 'fingerprint', serviceId: service.id, incidentId });
  if (!found) throw new Error('It is known by nothing.');
  return found;
};

/** What the next incident of the same alert says helped. */
const toldNext = async (desk: Desk): Promise<string | undefined> => {
  await desk.pass('PT1H');
  return (await pageOf(desk, await happens(desk))).alike[0]?.match.helped;
};

test('what two people said when they contained and resolved it, in that order', async () => {
  const desk = await open({ cast });
  await happens(desk);
  await says(desk, 'bo', { what: 'contain', note: 'Turned the feature off.' });
  await says(desk, 'ada', { what: 'resolve', note: 'Fixed the query.' });
  expect(await toldNext(desk)).toBe('Turned the feature off. Fixed the query.');
});

test('its monitor ends it: what contained it is what helped, and not what the monitor says', async () => {
  const desk = await open({ cast });
  await happens(desk);
  await says(desk, 'bo', { what: 'contain', note: 'Turned the feature off.' });
  await desk.resolved('checkout');
  expect((await desk.incident()).status).toBe('resolved');
  expect(await toldNext(desk)).toBe('Turned the feature off.');
});

test('nobody said anything: the next one says that', async () => {
  const desk = await open({ cast });
  await happens(desk);
  await desk.does('ada', 'resolve');
  await desk.pass('PT1H');
  expect(await recognised(desk, await happens(desk))).toEqual([
    'Looks like #1 of 2026-01-05 (same alert). No resolution was recorded.',
  ]);
});

test('it came back: what was said first did not help, what was said last did', async () => {
  const desk = await open({ cast });
  const id = await happens(desk);
  await says(desk, 'ada', { what: 'resolve', note: 'A restart.' });
  expect((await fingerprint(desk, id)).helped).toBe('A restart.');
  await desk.pass('PT1M');
  await desk.does('ada', 'reopen', id);
  desk.expectPaged('ada');
  await desk.pass('PT1M');
  await says(desk, 'ada', { what: 'resolve', note: 'A larger pool.' });
  expect(await toldNext(desk)).toBe('A larger pool.');
});

test('its review says it better: that stands, with its causes', async () => {
  const desk = await open({ cast });
  const id = await happens(desk);
  await says(desk, 'ada', { what: 'resolve', note: 'A restart.' });
  const cause = { id: 'cau_1', isNew: true };
  const reviewId = await approvedReview(desk, { of: id, cause, fix: 'A limit\non every tenant.' });
  const known = await fingerprint(desk, id);
  expect(known).toMatchObject({ helped: 'A limit on every tenant.', causeIds: ['cau_1'], reviewId });
  await rememberWhatHelped(desk.ports, await desk.incident(id), undefined);
  expect(await fingerprint(desk, id)).toEqual(known);
  const { items } = await desk.ports.store.list({ of: 'cause-sighting', causeId: 'cau_1' }, { limit: 10 });
  expect(items).toMatchObject([{ incidentId: id, how: 'review', at: (await desk.incident(id)).openedAt }]);
  expect(await toldNext(desk)).toBe('A limit on every tenant.');
});

test('an incident from before anything was compared is known from then on', async () => {
  const desk = await open({ cast });
  const id = await happens(desk);
  await desk.ports.store.commit([{ remove: await fingerprint(desk, id) }]);
  await says(desk, 'ada', { what: 'resolve', note: 'A restart.' });
  expect(await fingerprint(desk, id)).toMatchObject({ number: 1, helped: 'A restart.' });
  expect(await toldNext(desk)).toBe('A restart.');
});

test('learned before it was compared: it is compared by that, once', async () => {
  const desk = await open({ cast });
  await happens(desk);
  await says(desk, 'ada', { what: 'resolve', note: 'A restart.' });
  await desk.pass('PT1H');
  const id = await happens(desk);
  const [promised, known] = [await fingerprint(desk, id), await recognised(desk, id)];
  const { serviceId, incidentId, clientId } = promised;
  const line = (await desk.timeline(id)).find(({ what }) => what === 'recognised');
  if (!line) throw new Error('Nothing was recognised.');
  const alert = { integrationId: desk.cast.integration.integrationId, dedupKey: 'checkout' };
  const pending = { subjectId: id, id: 'eff_pending', clientId, dueAt: desk.ports.clock.now(), attempts: 0 };
  await desk.ports.store.commit([
    { remove: { kind: 'fingerprint', serviceId, incidentId } },
    { remove: { kind: 'similar-incidents', incidentId } },
    { remove: line },
    { put: { kind: 'effect', ...pending, perform: { type: 'compare', incidentId, alert } } },
  ]);
  desk.outbox.length = 0;
  await rememberWhatHelped(desk.ports, await desk.incident(id), undefined);
  expect(await recognised(desk, id)).toEqual(known);
  expect(await fingerprint(desk, id)).toEqual(promised);
  await desk.pass('PT1M');
  expect(await recognised(desk, id)).toEqual(known);
});
