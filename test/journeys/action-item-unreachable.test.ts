import { expect, test } from 'vitest';
import { noticeReturned } from '../../shared/workflow/paging/deliver-notice.ts';
import { actionDesk, FALLBACK, OWNER } from '../support/action-desk.ts';
import { deskOn, isDown, refuses } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());

test('a reminder that comes back reaches the fallback contact, once', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const { id } = await actions.make();
  await desk.pass('P12D');
  expect(actions.heard()).toEqual(['ada: Assigned to you', 'ada: Due soon']);
  const reminder = (await actions.notices(id)).find(({ occasion }) => occasion === 'remind-before');
  const which = { subjectId: id, noticeId: reminder?.id ?? '' };
  expect(await noticeReturned(desk.ports, which, 'The mailbox is full')).toBe('given-up');
  expect(await noticeReturned(desk.ports, which, 'The mailbox is full')).toBe('known-already');
  await desk.reconcile();
  const told = actions.expectTold(FALLBACK, /^Due soon/);
  expect(told.text).toContain('This message could not be delivered to Ada.');
  expect(told.text).toContain(`/n/${id}/fallback/`);
  expect(await actions.history(id)).toContain('passed-on');
});

test('a reminder that is given up reaches the fallback contact; one that was overtaken meanwhile does not', async () => {
  const desk = await open();
  const actions = await actionDesk(desk);
  const { id } = await actions.make();
  desk.take(OWNER);
  const onlyTheFallback =
    (otherwise: typeof isDown): typeof isDown =>
    (message) =>
      message.to === FALLBACK ? { handedOver: true, reference: message.id } : otherwise(message);
  desk.channel('email', onlyTheFallback(refuses));
  await desk.pass('P12D');
  expect(actions.heard()).toEqual(['fallback: Due soon']);
  desk.channel('email', onlyTheFallback(isDown));
  await desk.pass('P2DT30M');
  await actions.complete(id);
  await desk.pass('P1D');
  desk.expectNobodyPaged();
  expect((await actions.notices(id)).map(({ occasion, state }) => `${occasion} ${state}`).sort()).toEqual([
    ...['given handed-over', 'remind-before given-up', 'remind-before handed-over', 'remind-today skipped'],
  ]);
});

test('who has no way to be reached is stood in for at once', async () => {
  const desk = await open({ cast: { methods: { ada: [] } } });
  const actions = await actionDesk(desk);
  await actions.make();
  expect(actions.heard()).toEqual(['fallback: Assigned to you']);
});
