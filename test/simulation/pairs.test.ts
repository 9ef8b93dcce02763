import { expect, test } from 'vitest';
import { everySchedule } from './interleave.ts';
import { AND_SETTLES, beginningFor, history, WORKFLOWS, workflow } from './workflows.ts';

const NAMES = Object.keys({ ...WORKFLOWS, ...AND_SETTLES });
/** Each with every other and with itself: two processes that do the same at once. */
const pairs = NAMES.flatMap((one, place) => NAMES.slice(place).map((other) => [one, other] as const));

test.each(pairs)(
  '%s, and %s: in every order, and died at any moment, every promise is kept',
  async (...names) => {
    const table = await beginningFor(names);
    const begin = history(table, names.map(workflow));
    expect(await everySchedule(begin, { crashes: true })).toBeGreaterThan(6);
  },
);
