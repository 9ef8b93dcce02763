import { expect, test } from 'vitest';
import { actionDesk, MANAGER, OWNER } from '../support/action-desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());

test('what is not done climbs: the owner before and after, then the lead, then the manager, then all every week', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const { id } = await actions.make({ text: 'From 50 to 200.\nAsk the provider first.' });
  const given = actions.expectTold(OWNER, /^Assigned to you: Size the pool by load$/);
  for (const said of [
    'Bo assigned this action item to you',
    'From 50 to 200.\nAsk the provider first.',
    'Due: 2026-01-19 17:00 UTC (priority: medium)',
    'a second person confirms on 2026-02-02 09:00 UTC: “No wait in the pool”',
    `https://pages.example.com/n/${id}/${desk.cast.people.ada.id}/`,
  ])
    expect(given.text).toContain(said);

  await desk.pass('P11DT7H59M');
  desk.expectNobodyPaged();
  await desk.pass('PT1M');
  expect(actions.heard()).toEqual(['ada: Due soon']);
  await desk.pass('P2DT16H');
  expect(actions.heard()).toEqual(['ada: Due today']);
  await desk.pass('PT7H59M');
  desk.expectNobodyPaged();
  await desk.pass('PT1M');
  expect(actions.heard()).toEqual(['ada: Overdue']);
  await desk.pass('P1D');
  expect(actions.heard()).toEqual(['ada: Overdue', 'bo: Overdue']);
  await desk.pass('P2D');
  const told = actions.expectTold(MANAGER, /^Overdue: Size the pool by load/);
  expect(told.text).toContain('was due on 2026-01-19 17:00 UTC and is not done');
  expect(told.text).toContain('Owner: Ada');
  expect(actions.heard()).toEqual(['ada: Overdue', 'bo: Overdue']);
  for (let week = 1; week <= 5; week += 1) {
    await desk.pass('P7D');
    expect(actions.heard()).toEqual(['ada: Overdue', 'bo: Overdue', 'cy: Overdue']);
  }
  await actions.complete(id);
  await desk.pass('PT1M');
  // Its time to look again has passed long ago.
  expect(actions.heard()).toEqual(['bo: Please verify']);
  // What happened within the same millisecond is in no order that counts.
  expect((await actions.history(id)).sort()).toEqual(
    ['made', 'reminded', 'reminded', ...Array(8).fill('overdue'), 'done', 'asked'].sort(),
  );
});

test('a client’s own times are kept, and what is dropped is told to the lead and to nobody again', async () => {
  const desk = await open();
  const followUp = { remindBefore: 'PT0S', leadAfter: 'PT2H', managerAfter: 'PT1H', remindEvery: 'PT0S' };
  const actions = await actionDesk(desk, { followUp });
  const { id } = await actions.make({ dueAt: '2026-01-05T10:00:00Z' });
  await desk.pass('PT1H');
  expect(actions.heard()).toEqual(['ada: Assigned to you', 'ada: Overdue']);
  await desk.pass('PT1H');
  expect(actions.heard()).toEqual(['ada: Overdue', 'bo: Overdue', 'cy: Overdue']);
  // Nobody is told more than once a minute, whatever is set.
  await desk.pass('PT3M');
  expect(actions.heard().filter((told) => told === 'cy: Overdue')).toHaveLength(3);
  await actions.drop(id, 'The shop moves away.');
  expect(actions.expectTold('bo@example.com', /^Dropped/).text).toContain('Ada has dropped');
  await desk.pass('P30D');
  expect(await actions.item(id)).toMatchObject({ status: 'dropped', droppedBecause: 'The shop moves away.' });
});

test('who is lead and manager at once hears once each time; without either, the fallback contact hears', async () => {
  const desk = await open();
  const actions = await actionDesk(desk, { lead: false });
  await actions.make();
  await desk.pass('P18D');
  expect(actions.heard().filter((told) => told.startsWith('cy'))).toEqual(['cy: Overdue', 'cy: Overdue']);
  const alone = await actionDesk(desk, { lead: false, manager: false });
  await desk.pass('P7D');
  expect(alone.heard()).toEqual(['ada: Overdue', 'fallback: Overdue']);
});
