import { expect, test } from 'vitest';
import { beginningToLearn, everyOrder } from './lessons.ts';

const LEARN = 'learn from it';
const LEARN_ANYWAY = 'learn from it, whoever has it';
const COMPARE = 'see what it looks like';

test.each([
  ['over', LEARN, 'do nothing'],
  ['compared', LEARN, 'open it again'],
  ['compared', LEARN, 'open it again, resolve it'],
  ['learned', LEARN_ANYWAY, LEARN_ANYWAY],
  ['learned', LEARN, 'close it'],
] as const)(
  'of one that is %s, %s, beside %s: in every order, and died at any moment, it is learned once',
  async (how, ...names) => {
    expect(await everyOrder(await beginningToLearn(how), { names, crashes: true })).toBeGreaterThan(6);
  },
);

test.each([
  ['open', 'resolve it and learn', COMPARE],
  ['over', LEARN, COMPARE],
  ['compared', LEARN_ANYWAY, LEARN_ANYWAY],
  ['compared', LEARN, 'close it'],
  ['learned', LEARN, 'open it again, resolve it and learn'],
] as const)('of one that is %s, %s, beside %s: in every order it is learned once', async (how, ...names) => {
  expect(await everyOrder(await beginningToLearn(how), { names })).toBeGreaterThan(6);
});
