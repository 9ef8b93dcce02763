import { expect, test } from 'vitest';
import { everySchedule } from './interleave.ts';
import { beginningFor, history, WORKFLOWS, workflow } from './workflows.ts';

const NAMES = Object.keys(WORKFLOWS);
/** Three at once do what two cannot where somebody answers, or where one alert goes while another comes. */
const matters = (names: readonly string[]): boolean =>
  names.includes('acknowledge') || (names.includes('reconcile') && names.includes('another alert joins'));

const triples = NAMES.flatMap((one, place) =>
  NAMES.slice(place + 1).flatMap((other, next) =>
    NAMES.slice(place + next + 2).map((third) => [one, other, third] as const),
  ),
);

test.each(triples.filter(matters))(
  '%s, %s, and %s: every order of their steps keeps every promise',
  async (...names) => {
    const table = await beginningFor(names);
    expect(await everySchedule(history(table, names.map(workflow)))).toBeGreaterThan(1);
  },
);
