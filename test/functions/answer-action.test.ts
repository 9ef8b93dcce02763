import { describe, expect, test } from 'vitest';
import { handler } from '../../functions/answer-notice.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';
import { noticeLink } from '../../shared/workflow/paging/links.ts';
import { actionDesk, LEAD, LOOK_AGAIN, MANAGER, OWNER } from '../support/action-desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());
const pathIn = ({ text }: Message): string => /https:\/\/pages\.example\.com(\/n\/\S+)/.exec(text)?.[1] ?? '';
const buttons = (body: string): string[] =>
  [...body.matchAll(/<button[^>]*>([^<]*)</g)].map(([, words = '']) => words);

const scene = async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const { id } = await actions.make({ title: 'Size the <b>pool</b>' });
  const owner = pathIn(actions.expectTold(OWNER, /Assigned to you/));
  usePorts(desk.ports);
  const http = async (method: string, rawPath: string, form: Record<string, string> = {}) => {
    const body = new URLSearchParams(form).toString();
    const reply = await handler({ rawPath, body, requestContext: { http: { method } } });
    await desk.reconcile();
    return reply;
  };
  return { desk, actions, id, owner, http };
};

/** Done, and it is time to look: the lead has the link that asks. */
const looking = async () => {
  const all = await scene();
  await all.actions.complete(all.id);
  await all.desk.pass('P28DT1H');
  const lead = pathIn(all.actions.expectTold(LEAD, /Size the/));
  const seen = `${(await all.actions.item(all.id)).generation}`;
  return { ...all, lead, seen };
};

test('the owner sees what is to be done, and says that it is', async () => {
  const { actions, id, owner, http } = await scene();
  const { statusCode, body } = await http('GET', owner);
  expect(statusCode).toBe(200);
  for (const words of ['Size the &lt;b&gt;pool', 'Ada', 'Harbour Books', 'No wait in the pool'])
    expect(body).toContain(words);
  expect(buttons(body)).toEqual(['Mark as done']);
  expect((await actions.item(id)).status).toBe('open');
  const done = await http('POST', owner, { action: 'done', seen: '1', note: 'Capped at 200.' });
  expect([done.statusCode, buttons(done.body)]).toEqual([200, []]);
  expect(await actions.item(id)).toMatchObject({ status: 'done', doneBy: { name: 'Ada' } });
  const again = await http('POST', owner, { action: 'done', seen: '1' });
  expect([again.statusCode, again.body]).toEqual([
    200,
    expect.stringContaining('This action item is already done'),
  ]);
});

describe('whoever looks again', () => {
  test('says that it holds', async () => {
    const { actions, id, lead, seen, http } = await looking();
    const { body } = await http('GET', lead);
    expect(buttons(body)).toEqual(['The fix holds', 'The fix does not hold']);
    expect(body).toContain('<p class="quote">No wait in the pool</p>\n<form');
    expect((await http('POST', lead, { action: 'holds', seen })).body).toContain('is proven');
    expect((await actions.item(id)).status).toBe('proven');
  });

  test('says that it does not, and what they found', async () => {
    const { actions, id, lead, seen, http } = await looking();
    const refused = await http('POST', lead, { action: 'fails', seen });
    expect([refused.statusCode, (await actions.item(id)).status]).toEqual([409, 'done']);
    const { body } = await http('POST', lead, { action: 'fails', seen, note: 'Waits again.' });
    expect(body).toContain('The action item is open again');
    // A second tap on the same spot must not say that it is done.
    expect(buttons(body)).toEqual([]);
    expect(await actions.item(id)).toMatchObject({ status: 'open', reopenings: 1 });
    expect(actions.heard().join()).toContain('Open again');
  });

  test('is told the same twice when they tap twice, and it is open again once', async () => {
    const { actions, id, lead, seen, http } = await looking();
    const form = { action: 'fails', seen, note: 'Waits again.' };
    await http('POST', lead, form);
    const { statusCode, body } = await http('POST', lead, form);
    expect([statusCode, body]).toEqual([200, expect.stringContaining('already open again')]);
    expect((await actions.item(id)).reopenings).toBe(1);
    actions.heard();
  });

  test('is not who did it', async () => {
    const { actions, id, owner, seen, http } = await looking();
    expect(buttons((await http('GET', owner)).body)).toEqual([]);
    expect((await http('POST', owner, { action: 'holds', seen })).statusCode).toBe(409);
    expect((await actions.item(id)).status).toBe('done');
  });
});

test('what has changed since they looked is shown first', async () => {
  const { actions, id, owner, http } = await scene();
  await actions.change(id, { dueAt: '2026-01-26T17:00:00.000Z' });
  actions.expectTold(OWNER, /New date/);
  const { statusCode, body } = await http('POST', owner, { action: 'done', seen: '1' });
  expect(statusCode).toBe(409);
  expect(body).toContain('changed while the page was open');
  expect(body).toContain('2026-01-26');
  expect((await actions.item(id)).status).toBe('open');
});

test('what they wrote is still there where nothing was recorded', async () => {
  const { actions, id, owner, http } = await scene();
  await actions.change(id, { dueAt: '2026-01-26T17:00:00.000Z' });
  actions.expectTold(OWNER, /New date/);
  const note = 'Capped </textarea> at 200.';
  const { body } = await http('POST', owner, { action: 'done', seen: '1', note });
  expect(body).toContain('>Capped &lt;/textarea&gt; at 200.</textarea>');
  const long = await http('POST', owner, { action: 'done', seen: '2', note: 'x'.repeat(4001) });
  expect(long.body).toContain(`${'x'.repeat(4001)}</textarea>`);
});

test('a line break counts once, as it does in the form', async () => {
  const { actions, id, owner, http } = await scene();
  const note = 'done\r\n'.repeat(800).trim();
  expect((await http('POST', owner, { action: 'done', seen: '1', note })).statusCode).toBe(200);
  expect(await actions.history(id)).toContain('done');
});

test('whoever owned it once sees it, and says nothing', async () => {
  const { desk, actions, id, owner, http } = await scene();
  await actions.change(id, { ownerId: desk.cast.people.dee.id });
  const { body } = await http('GET', owner);
  expect(body).toContain('Dee');
  expect(buttons(body)).toEqual([]);
  expect((await http('POST', owner, { action: 'done', seen: '2' })).statusCode).toBe(409);
  expect((await actions.item(id)).status).toBe('open');
  actions.heard();
});

test.each(['', 'drop', 'constructor'])('a button that is not there (%j) does nothing', async (action) => {
  const { actions, id, owner, http } = await scene();
  expect((await http('POST', owner, { action, seen: '1' })).statusCode).toBe(409);
  expect((await actions.item(id)).status).toBe('open');
});

test('takes no more words than the form holds', async () => {
  const { actions, id, owner, http } = await scene();
  const { statusCode } = await http('POST', owner, { action: 'done', seen: '1', note: 'x'.repeat(4001) });
  expect([statusCode, (await actions.item(id)).status]).toEqual([400, 'open']);
});

test('a link opens for those alone who were written to', async () => {
  const { desk, id, owner, http } = await scene();
  const { cy } = desk.cast.people;
  const never = new URL(await noticeLink(desk.ports, { subjectId: id, recipientId: cy.id })).pathname;
  for (const path of [never, owner.replace(/[^/]+$/, `1.${'A'.repeat(22)}`)])
    expect((await http('GET', path)).statusCode).toBe(404);
  expect(MANAGER).toContain('cy');
  expect(LOOK_AGAIN > desk.ports.clock.now()).toBe(true);
});
