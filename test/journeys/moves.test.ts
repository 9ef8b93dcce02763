import { expect, test } from 'vitest';
import type { Action } from '../../shared/workflow/incidents/actions.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const open = deskOn(testEngine());

test('contained, resolved, opened again, resolved, closed: each once, and told', async () => {
  const desk = await open();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  expect(await desk.does('ada', 'contain')).toBe('contained');
  expect(await desk.does('bo', 'contain')).toBe('already-contained');
  expect(await desk.does('bo', 'acknowledge')).toBe('already-answered');
  await desk.pass('PT1H');
  expect(await desk.incident()).toMatchObject({
    status: 'contained',
    acknowledgedBy: desk.cast.people.ada.id,
  });
  expect(await desk.does('ada', 'resolve')).toBe('resolved');
  expect(await desk.does('ada', 'resolve')).toBe('already-resolved');
  expect(await desk.does('bo', 'reopen')).toBe('step-taken');
  expectPagedByBoth(desk, 'ada');
  expect(await desk.incident()).toMatchObject({ status: 'triggered', episode: 2 });
  expect((await desk.incident()).containedAt).toBeUndefined();
  await desk.does('ada', 'resolve');
  expect(await desk.does('ada', 'close')).toBe('closed');
  expect(await desk.does('ada', 'close')).toBe('already-closed');
  await desk.pass('PT1H');
  desk.expectNobodyPaged();
});

const ILLEGAL: [before: Action[], then: Action][] = [
  [[], 'close'],
  [['acknowledge'], 'close'],
  [['contain'], 'close'],
  [['resolve'], 'acknowledge'],
  [['resolve'], 'contain'],
  [['resolve'], 'escalate'],
  [['resolve'], 'help'],
  [['resolve', 'close'], 'reopen'],
  [['resolve', 'close'], 'resolve'],
];

test.each(ILLEGAL)('after %j, %s is refused and changes nothing', async (before, then) => {
  const desk = await open();
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  for (const what of before) await desk.does('ada', what);
  const incident = await desk.incident();
  await expect(desk.does('ada', then)).rejects.toMatchObject({ code: 'illegal-move' });
  expect(await desk.incident()).toEqual(incident);
});
