import { expect, test } from 'vitest';
import { numbered } from '../../shared/domain/preventive/document/evidence-list.ts';
import { findingsMarkdown } from '../../shared/domain/preventive/document/findings.ts';
import { apiOn } from '../support/api.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { OWNER, reviewDesk } from '../support/review-desk.ts';

const open = deskOn(testEngine());

/** The review of an incident that ada resolved; she and bo write in it, through the API. */
const scene = async () => {
  const desk = await open();
  const reviews = await reviewDesk(desk);
  await reviews.resolvedIncident();
  reviews.expectTold(OWNER, /A review is due/);
  const api = await apiOn(desk.ports);
  const at = `/v1/reviews/${(await reviews.review()).id}`;
  const [ada, bo] = [reviews.id('ada'), reviews.id('bo')];
  const ask = async (line: string, body?: object) => {
    const [method, path] = line.split(' ');
    const reply = await api.ask(`${method} ${at}${path}`, body);
    await desk.reconcile();
    return reply;
  };
  const found = async (by: string, fields: object) => {
    const { status, body } = await ask('POST /findings', { by, ...fields });
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  };
  return { desk, reviews, api, ask, found, ada, bo };
};

test('two people write different sections of what was filled in, and neither is in the other’s way', async () => {
  const { reviews, ask, ada, bo } = await scene();
  const before = (await reviews.contents()).sections.find(({ name }) => name === 'impact');
  expect(before).toMatchObject({ prefilled: true, version: 1 });
  const both = await Promise.all([
    ask('PUT /sections/impact', { by: ada, text: 'Half of the orders failed.' }),
    ask('PUT /sections/fix', { by: bo, text: 'The pool is larger.', choice: 'short-term' }),
  ]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  const review = await reviews.review();
  expect(review.authors.toSorted()).toEqual([ada, bo].toSorted());
  expect((await reviews.history()).filter(({ what }) => what === 'edited').map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('the section “Impact” was written.'),
      expect.stringContaining('the section “The fix” was written.'),
    ]),
  );
});

test('of two who write the same section the second is told by whom and when, reads it, and goes on', async () => {
  const { desk, reviews, ask, ada, bo } = await scene();
  await ask('PUT /sections/impact', { by: ada, text: 'Half of the orders failed.' });
  await desk.pass('PT5M');
  const { revision } = await reviews.review();
  const refused = await ask('PUT /sections/impact', { by: bo, text: 'All of the orders failed.' });
  expect(refused).toMatchObject({
    status: 412,
    body: {
      code: 'stale',
      detail: expect.stringMatching(/^Changed by Ada at 2026-01-05 09:\d\d UTC.*If-Match: "2"/),
    },
  });
  const { body: read } = await ask('GET /sections/impact');
  expect(read).toMatchObject({ text: 'Half of the orders failed.', version: 2 });
  expect((await reviews.review()).revision).toBe(revision);
  const same = await ask('PUT /sections/impact', { by: bo, text: 'Half of the orders failed.' });
  expect(same).toMatchObject({ status: 200, body: { version: 2, writtenBy: { id: ada } } });
  expect((await reviews.review()).revision).toBe(revision);
});

test('five whys that branch and join, with a cause that is known from before', async () => {
  const { desk, reviews, ask, found, ada, bo } = await scene();
  const first = await found(ada, { text: 'The shop had no connections left', answers: ['problem'] });
  const slow = await found(ada, { text: 'Queries were slow', answers: [first.id] });
  const leak = await found(bo, { text: 'Some were never given back', answers: [first.id] });
  const old = await desk.ports.store.get({ kind: 'review', id: (await reviews.review()).id });
  const known = { kind: 'cause', id: 'cau_old', type: 'process', text: 'Nobody reviews queries' } as const;
  const { clientId, serviceId } = old ?? { clientId: '', serviceId: '' };
  const times = { version: 1, createdAt: first.createdAt, updatedAt: first.createdAt };
  await desk.ports.store.commit([{ put: { ...known, ...times, clientId, serviceId, reviewId: 'rev_old' } }]);
  await found(bo, { text: 'No limit was set', answers: [leak.id], cause: { type: 'configuration' } });
  const joined = await found(bo, {
    ...{ text: 'Nobody looks at queries', answers: [slow.id, leak.id], cause: { sameAs: known.id } },
  });
  const { findings } = await reviews.contents();
  const lines = findingsMarkdown({
    ...{ technique: 'five-whys', problem: 'The shop was down', findings, evidence: numbered([]) },
  }).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^- \*\*1\*\* .*shop had no connections left$/),
      expect.stringMatching(/^ {2}- \*\*1\.\d\*\* .*Queries were slow$/),
      expect.stringMatching(/^ {2}- \*\*1\.\d\*\* .*some were never given back$/),
      expect.stringMatching(/^ {4}- \*\*1\.\d\.\d\*\* .*no limit was set \*\*Cause: configuration\.\*\*$/),
      expect.stringMatching(/^ {4}- \*\*1\.\d\.\d\*\* .*nobody looks at queries \*\*Cause: process\.\*\*$/),
      expect.stringMatching(/^ {4}- .*nobody looks at queries \(see 1\.\d\.\d\)$/),
    ]),
  );

  const circle = await ask(`PATCH /findings/${first.id}`, { by: ada, answers: ['problem', joined.id] });
  expect(circle).toMatchObject({
    status: 400,
    body: {
      errors: [{ path: 'body.answers[1]', message: expect.stringContaining('is a cause: remove that mark') }],
    },
  });
  const under = await ask('POST /findings', { by: ada, text: 'Why that?', answers: [joined.id] });
  expect(under.status).toBe(400);
  const back = await ask(`PATCH /findings/${joined.id}`, { by: bo, cause: null });
  expect(back).toMatchObject({ status: 200, body: { version: 2 } });
  expect(back.body).not.toHaveProperty('cause');
  expect(await ask(`PATCH /findings/${first.id}`, { by: ada, answers: [joined.id] })).toMatchObject({
    status: 400,
    body: { errors: [{ message: expect.stringMatching(/^goes in a circle: .*, which answers “The shop/) }] },
  });
  expect((await ask(`DELETE /findings/${leak.id}?by=${bo}`)).status).toBe(409);
  expect((await ask(`DELETE /findings/${joined.id}?by=${bo}`)).status).toBe(204);
  expect((await reviews.contents()).findings).toHaveLength(4);
});

test('a finding that somebody else wrote is not changed unread, and of two at once both are kept', async () => {
  const { reviews, ask, found, ada, bo } = await scene();
  const first = await found(ada, { text: 'The shop had no connections left', answers: ['problem'] });
  const unread = await ask(`PATCH /findings/${first.id}`, { by: bo, text: 'The pool was too small' });
  expect(unread).toMatchObject({ status: 412, body: { detail: expect.stringContaining('Changed by Ada') } });
  await Promise.all([
    found(ada, { text: 'Queries were slow', answers: [first.id] }),
    found(bo, { text: 'Some were never given back', answers: [first.id] }),
  ]);
  expect((await reviews.contents()).findings).toHaveLength(3);
});

test('a finding that is taken away while somebody answers it: whoever comes second is told', async () => {
  const { reviews, ask, found, ada, bo } = await scene();
  const guess = await found(ada, { text: 'A guess', answers: ['problem'] });
  const [removed, answered] = await Promise.all([
    ask(`DELETE /findings/${guess.id}`),
    ask('POST /findings', { by: bo, text: 'Because of that', answers: [guess.id] }),
  ]);
  expect([
    [204, 400],
    [409, 201],
  ]).toContainEqual([removed.status, answered.status]);
  const { findings } = await reviews.contents();
  expect(findings.map(({ text }) => text).toSorted()).toEqual(
    removed.status === 204 ? [] : ['A guess', 'Because of that'],
  );
});

test('what is found is told in the history, with who found it', async () => {
  const { reviews, ask, found, ada } = await scene();
  const finding = await found(ada, { text: 'The shop had no connections left', answers: ['problem'] });
  await ask(`PATCH /findings/${finding.id}`, { by: ada, text: 'No connections were left' });
  await ask(`DELETE /findings/${finding.id}?by=${ada}`);
  const told = (await reviews.history()).filter(({ what }) => what === 'edited');
  expect(told.map(({ text, actor }) => `${actor.name}: ${text.replace(/^Revision \d+: /, '')}`)).toEqual(
    expect.arrayContaining([
      'Ada: “The shop had no connections left” was found.',
      'Ada: “No connections were left” was changed.',
      'Ada: “No connections were left” was removed.',
    ]),
  );
});
