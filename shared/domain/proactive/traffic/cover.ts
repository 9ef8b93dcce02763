import type { Person } from '../../directory/person.ts';
import { oneLine } from '../../one-line.ts';
import type { Planner } from './planner.ts';

/** Who is called first when something of an event breaks, as it begins and as it ends. */
export interface Coverage {
  /** `Shop`, or the name of a schedule for the day. */
  of: string;
  atStart: Person[];
  atEnd: Person[];
}

const isReachable = ({ contactMethods }: Person): boolean => contactMethods.some(({ verified }) => verified);

const names = (people: Person[]): string =>
  people
    .filter(isReachable)
    .map(({ name }) => oneLine(name))
    .join(', ') || 'NOBODY';

/** When nobody can be reached for one of them. */
const gapsOf = ({ of, atStart, atEnd }: Coverage): string[] =>
  [['as it begins', atStart] as const, ['as it ends', atEnd] as const].flatMap(([when, people]) =>
    people.some(isReachable) ? [] : [`${oneLine(of)}: nobody who can be reached is on call ${when}.`],
  );

/** Tells the owner who is on call; where nobody can be reached, the manager too, with what to do. */
export const reportCover = (planner: Planner, coverage: Coverage[]): 'covered' | 'not-covered' => {
  const lines = coverage.map(
    ({ of, atStart, atEnd }) =>
      `On call for ${oneLine(of)}: ${names(atStart)} as it begins, ${names(atEnd)} as it ends.`,
  );
  const gaps = coverage.flatMap(gapsOf);
  planner.notifyOurs(['owner'], {
    occasion: 'cover',
    mark: 'On call',
    lines: lines.length > 0 ? lines : [NO_SERVICES],
  });
  if (gaps.length > 0) {
    const what =
      'Add a person with a verified contact method to the first step of the policy or its schedule.';
    planner.notifyOurs(['manager'], {
      occasion: 'not-covered',
      mark: 'NOBODY is on call',
      lines: [...gaps, what],
    });
  }
  const text = gaps.length > 0 ? gaps.join(' ') : lines.join(' ');
  planner.write({ what: 'cover', text, reason: gaps.length > 0 ? 'not-covered' : 'covered' });
  return gaps.length > 0 ? 'not-covered' : 'covered';
};

const NO_SERVICES = 'All of its services were removed.';
