import { expect, test } from 'vitest';
import { FindingBody } from '../../shared/domain/preventive/finding/body.ts';
import type { Finding } from '../../shared/domain/preventive/finding/finding.ts';
import type { Write } from '../../shared/workflow/engine/store-port.ts';
import { patchFinding, putFinding } from '../../shared/workflow/reviews/put-finding.ts';
import { writeSection } from '../../shared/workflow/reviews/write-section.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { type Faults, withFaults } from '../support/faults.ts';
import { OWNER, type ReviewDesk, reviewDesk } from '../support/review-desk.ts';

const engine = testEngine();
let faults: Faults | undefined;
const open = deskOn({
  ...engine,
  makeTable: async (options) => {
    const made = withFaults((await engine.makeTable(options)).store);
    faults = made.faults;
    return made;
  },
});

/** A desk at which somebody else writes just before the next commit that puts this section or finding. */
const scene = async () => {
  const desk = await open();
  let interruption: { part: string; act: () => Promise<unknown> } | undefined;
  const { commit } = desk.ports.store;
  const partOf = (write: Write): string | undefined => {
    if (!('put' in write)) return undefined;
    if (write.put.kind === 'review-section') return write.put.name;
    if (write.put.kind === 'review') return 'review';
    return write.put.kind === 'finding' ? write.put.id : undefined;
  };
  desk.ports.store.commit = async (writes) => {
    const due = writes.some((write) => partOf(write) === interruption?.part) ? interruption : undefined;
    if (due) interruption = undefined;
    await due?.act();
    return commit(writes);
  };
  const reviews = await reviewDesk(desk);
  await reviews.resolvedIncident();
  reviews.expectTold(OWNER, /A review is due/);
  const meanwhile = (part: string, act: () => Promise<unknown>): void => {
    interruption = { part, act };
  };
  return { desk, reviews, meanwhile };
};

const textOf = async (reviews: ReviewDesk, name: string): Promise<string | undefined> =>
  (await reviews.contents()).sections.find((section) => section.name === name)?.text;

test('two people who write different sections at the same time both have what they wrote', async () => {
  const { reviews, meanwhile } = await scene();
  const { revision } = await reviews.review();
  meanwhile('lucky', () => reviews.write('went-well', { text: 'The alert came at once.' }, 'ada'));
  await reviews.write('lucky', { text: 'It was a quiet night.' }, 'dee');
  expect(await textOf(reviews, 'went-well')).toBe('The alert came at once.');
  expect(await textOf(reviews, 'lucky')).toBe('It was a quiet night.');
  expect(await reviews.review()).toMatchObject({
    revision: revision + 2,
    authors: [reviews.id('ada'), reviews.id('dee')],
  });
});

test('whoever approves while somebody writes has not approved what was written', async () => {
  const { reviews, meanwhile } = await scene();
  await reviews.writeAll();
  await reviews.submit();
  const { revision } = await reviews.review();
  meanwhile('lucky', () => reviews.approve('bo', revision));
  await reviews.write('lucky', { text: 'It was a quiet night.' }, 'dee');
  expect(await reviews.review()).toMatchObject({
    status: 'in-review',
    approvals: [],
    revision: revision + 1,
  });
  reviews.overlook('bo@example.com', 'cy@example.com');
});

test('whoever approves while somebody else is faster to write has not approved what they did not read', async () => {
  const { reviews, meanwhile } = await scene();
  await reviews.writeAll();
  await reviews.submit();
  const { revision } = await reviews.review();
  meanwhile('review', () => reviews.write('lucky', { text: 'It was a quiet night.' }, 'dee'));
  await expect(reviews.approve('bo')).rejects.toMatchObject({ code: 'stale' });
  expect(await reviews.review()).toMatchObject({ approvals: [], revision: revision + 1 });
  reviews.overlook('bo@example.com', 'cy@example.com');
});

test('when the table says that somebody else was faster, it is written once', async () => {
  const { reviews } = await scene();
  const { revision } = await reviews.review();
  faults?.fail('commit', 'conflict');
  await reviews.write('lucky', { text: 'It was a quiet night.' }, 'dee');
  expect(await reviews.review()).toMatchObject({ revision: revision + 1 });
  expect(await textOf(reviews, 'lucky')).toBe('It was a quiet night.');
});

test('of two who write the same section the second is told, and what the first wrote stays', async () => {
  const { desk, reviews, meanwhile } = await scene();
  const { id } = await reviews.review();
  meanwhile('lucky', () => reviews.write('lucky', { text: 'A quiet night.' }, 'ada'));
  const body = { text: 'It was Sunday.', by: reviews.id('dee') };
  await expect(writeSection(desk.ports, reviews.caller(), { id, name: 'lucky', body })).rejects.toMatchObject(
    {
      code: 'stale',
    },
  );
  expect(await textOf(reviews, 'lucky')).toBe('A quiet night.');
});

test('of two whose answers together would go in a circle the second is told, though each alone had fitted', async () => {
  const { desk, reviews, meanwhile } = await scene();
  const { id } = await reviews.review();
  const { ports } = desk;
  const found = (text: string) => {
    const body = FindingBody.parse({ text, answers: ['problem'], by: reviews.id('ada') });
    return putFinding(ports, reviews.caller(), { id, body });
  };
  const [pool, load] = [await found('The pool was empty'), await found('Nobody knew the load')];
  const answers = (one: Finding, other: Finding) => {
    const patch = { answers: ['problem', other.id] };
    return patchFinding(ports, reviews.caller(), { id, findingId: one.id, by: reviews.id('ada'), patch });
  };
  meanwhile(pool.id, () => answers(load, pool));
  await expect(answers(pool, load)).rejects.toMatchObject({
    problems: [{ path: 'body.answers[1]', message: expect.stringContaining('goes in a circle') }],
  });
  const { findings } = await reviews.contents();
  const answered = Object.fromEntries(findings.map((finding) => [finding.id, finding.answers]));
  expect(answered).toEqual({ [pool.id]: ['problem'], [load.id]: ['problem', pool.id] });
});
