import { expect, test } from 'vitest';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { LEAD, OWNER, type ReviewDesk, reviewDesk } from '../support/review-desk.ts';

const open = deskOn(testEngine());
const LOW = { severity: 'sev4' as const };

/** The alert comes and goes by itself; its mails are overlooked. */
const flap = async (desk: Desk, dedupKey: string): Promise<void> => {
  await desk.alert(dedupKey, { ...LOW, summary: `${dedupKey} is full` });
  await desk.pass('PT1M');
  await desk.resolved(dedupKey);
  await desk.pass('PT11M');
  desk.take(OWNER, /SEV4/i);
};

const reviewsOf = async ({ ports, cast }: Desk) =>
  (await ports.store.list({ of: 'review', clientId: cast.client.id }, { limit: 100 })).items;

const linesOf = async ({ ports }: Desk, subjectId: string): Promise<(string | undefined)[]> =>
  (await ports.store.list({ of: 'history-entry', subjectId }, { limit: 100 })).items
    .filter(({ what }) => what === 'came-again')
    .map(({ text }) => text.split('.')[0]);

const onlyRepeats = (desk: Desk): Promise<ReviewDesk> => reviewDesk(desk, { severities: [], repeats: true });

test('what comes back is reviewed once: while that review is being written, it says how often it came again', async () => {
  const desk = await open();
  const reviews = await onlyRepeats(desk);
  await flap(desk, 'disk');
  expect(await reviewsOf(desk)).toEqual([]);
  await flap(desk, 'disk');
  reviews.expectTold(LEAD, /review is due/);
  for (let time = 3; time <= 10; time += 1) await flap(desk, 'disk');
  const [review, ...others] = await reviewsOf(desk);
  expect(others).toEqual([]);
  expect(review).toMatchObject({ because: ['repeat'], incidentNumber: 2 });
  const lines = await linesOf(desk, review?.id ?? '');
  expect(lines).toEqual([3, 4, 5, 6, 7, 8, 9, 10].map((number) => `The incident recurred as #${number}`));
  desk.expectNobodyPaged();
});

test('once that review is done, coming back again is a new matter', async () => {
  const desk = await open();
  const reviews = await onlyRepeats(desk);
  await flap(desk, 'disk');
  await flap(desk, 'disk');
  const [first] = await reviewsOf(desk);
  await reviews.waive('bo', 'It is known.');
  for (let time = 0; time < 3; time += 1) await flap(desk, 'disk');
  const [second, ...others] = await reviewsOf(desk);
  expect(others.map(({ id }) => id)).toEqual([first?.id]);
  expect(second).toMatchObject({ because: ['repeat'], incidentNumber: 3, status: 'writing' });
  expect(await linesOf(desk, second?.id ?? '')).toHaveLength(2);
  reviews.overlook(OWNER, LEAD, 'cy@example.com');
});

test('a storm of what only reads alike has no review', async () => {
  const desk = await open();
  await onlyRepeats(desk);
  const hosts = Array.from({ length: 30 }, (_, place) => `web${place}`);
  for (const host of hosts)
    await desk.alert(host, { ...LOW, summary: `Disk is nearly full on host ${host}` });
  await desk.pass('PT1M');
  for (const host of hosts) await desk.resolved(host);
  desk.take(OWNER, /SEV4/i);
  expect(await desk.incidents()).toHaveLength(30);
  expect(await reviewsOf(desk)).toEqual([]);
});
