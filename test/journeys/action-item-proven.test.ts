import { expect, test } from 'vitest';
import { Refused } from '../../shared/domain/refused.ts';
import { actionDesk, LEAD, OWNER } from '../support/action-desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());

/** Why something was refused. */
const refusal = async (trying: Promise<unknown>): Promise<Refused> => {
  const error = await trying.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refused)) throw new Error(`It was not refused: ${error}`);
  return error;
};

test('done, looked at by somebody else, open again, done again, and proven', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const { ada, bo } = desk.cast.people;
  const { id } = await actions.make();
  await desk.pass('P1D');
  expect(actions.heard()).toEqual(['ada: Assigned to you']);
  expect(await actions.complete(id)).toMatchObject({ status: 'done', doneBy: { id: ada.id, name: 'Ada' } });
  expect((await actions.complete(id)).version).toBe(2);

  const early = await refusal(actions.verify(id, { holds: true, by: bo.id }));
  expect([early.code, early.message]).toEqual([
    'illegal-move',
    expect.stringContaining('Verification starts on 2026-02-02 09:00 UTC'),
  ]);
  await desk.pass('P26DT23H59M');
  desk.expectNobodyPaged();
  await desk.pass('PT1M');
  const asked = actions.expectTold(LEAD, /^Please verify: Size the pool/);
  expect(asked.text).toContain('“No wait in the pool”');
  expect(asked.text).toContain(`https://pages.example.com/n/${id}/${bo.id}/`);

  const own = await refusal(actions.verify(id, { holds: true, by: ada.id }));
  expect([own.code, own.message]).toEqual([
    'illegal-move',
    'The person who completed the item cannot verify it.',
  ]);
  expect(own.problems).toEqual([
    { path: 'body.by', message: expect.stringContaining('another person must verify it') },
  ]);
  const said = { holds: false, by: bo.id, note: 'Still 4 seconds on Monday.' };
  const again = await actions.verify(id, said);
  // As much time as it had at first: 14 days and 8 hours.
  expect(again).toMatchObject({ status: 'open', reopenings: 1, dueAt: '2026-02-16T17:00:00.000Z' });
  expect(again).not.toHaveProperty('doneAt');
  for (const address of [OWNER, LEAD])
    expect(actions.expectTold(address, /^Open again/).text).toContain(
      'verification failed, says Bo: Still 4 seconds on Monday.',
    );
  await desk.pass('P11DT8H');
  expect(actions.heard()).toEqual(['ada: Due soon']);

  await actions.complete(id);
  await desk.pass('PT1M');
  expect(actions.heard()).toEqual(['bo: Please verify']);
  const proven = await actions.verify(id, { holds: true, by: bo.id });
  expect(proven).toMatchObject({ status: 'proven', provenAt: '2026-02-13T17:01:00.000Z' });
  expect((await actions.verify(id, { holds: true, by: bo.id })).version).toBe(proven.version);
  await desk.pass('P365D');
  desk.expectNobodyPaged();
});

test('nobody looks: asked again every week, and after two askings the manager hears too', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const { id } = await actions.make();
  await actions.complete(id);
  desk.take(OWNER);
  await desk.pass('P35D');
  expect(actions.heard()).toEqual(['bo: Please verify', 'bo: Please verify']);
  await desk.pass('P7D');
  expect(actions.heard()).toEqual(['bo: Please verify', 'cy: Please verify']);
  await actions.reopen(id, 'The measure was wrong.');
  expect(actions.heard()).toEqual(['ada: Open again', 'bo: Open again']);
  await desk.pass('P1D');
  desk.expectNobodyPaged();
});

test('of the lead’s own work the manager is asked; an owner who is all there is may look themselves', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const { ada, bo, cy } = desk.cast.people;
  const { id } = await actions.make({ ownerId: bo.id });
  await actions.complete(id, bo.id);
  await desk.pass('P28D');
  expect(actions.heard()).toEqual(['bo: Assigned to you', 'cy: Please verify']);
  expect((await refusal(actions.verify(id, { holds: false, by: bo.id }))).code).toBe('illegal-move');
  expect((await actions.verify(id, { holds: true, by: cy.id })).status).toBe('proven');

  const alone = await actionDesk(desk, { lead: false, manager: false });
  const other = await alone.make({
    ...{ dueAt: '2026-03-01T09:00:00Z', by: ada.id },
    verification: { type: 'statement', statement: 'Fast', lookAgainAt: '2026-02-20T09:00:00Z' },
  });
  await alone.complete(other.id);
  await desk.pass('P18D');
  expect(alone.heard()).toEqual(['ada: Assigned to you', 'ada: Please verify']);
  expect((await alone.verify(other.id, { holds: true, by: ada.id })).status).toBe('proven');
});

test.each(['open', 'dropped'] as const)('what is %s cannot be looked at', async (status) => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const { id } = await actions.make();
  if (status === 'dropped') await actions.drop(id, 'No use.');
  desk.take(OWNER);
  desk.take(LEAD);
  const { code, message } = await refusal(actions.verify(id, { holds: true }));
  expect([code, message]).toEqual([
    'illegal-move',
    `This action item is ${status}. Only a completed item can be verified.`,
  ]);
});
