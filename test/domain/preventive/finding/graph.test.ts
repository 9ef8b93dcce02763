import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isJoined,
  type Joined,
  outlineOf,
  type Point,
} from '../../../../shared/domain/preventive/document/outline.ts';
import { type Finding, PROBLEM } from '../../../../shared/domain/preventive/finding/finding.ts';
import { answersTo, chainBetween } from '../../../../shared/domain/preventive/finding/graph.ts';
import { requireRemovable } from '../../../../shared/domain/preventive/finding/writing.ts';
import { Refused } from '../../../../shared/domain/refused.ts';
import { ada, adds, changes, finding } from '../findings.ts';

const later = '2026-01-06T11:00:00.000Z';

/** a ← b ← d and a ← c ← d; e stands alone. */
const graph = [
  finding('fnd_d', { answers: ['fnd_b', 'fnd_c'] }),
  finding('fnd_c', { answers: ['fnd_a'], createdAt: later }),
  finding('fnd_b', { answers: ['fnd_a'] }),
  finding('fnd_a'),
  finding('fnd_e', { createdAt: later }),
];

/** As it is read from the problem down; `!` where a finding stands elsewhere, `?` where it is tied to nothing. */
const read = (findings: Finding[]): string[] => {
  const { points, loose } = outlineOf(findings);
  const lines = (each: Point | Joined, depth: number): string[] => [
    `${'-'.repeat(depth)}${each.finding.id.slice(4)}${isJoined(each) ? '!' : ''}`,
    ...(isJoined(each) ? [] : each.under.flatMap((next) => lines(next, depth + 1))),
  ];
  return [...points.flatMap((point) => lines(point, 0)), ...loose.map(({ id }) => `${id.slice(4)}?`)];
};

describe('the graph', () => {
  test('is read from the problem down, and what joins is not read twice', () => {
    expect(read(graph)).toEqual(['a', '-b', '--d', '-c', '--d!', 'e']);
  });

  test('has answers in the order in which they were written', () => {
    expect(answersTo(graph, 'fnd_a').map(({ id }) => id)).toEqual(['fnd_b', 'fnd_c']);
  });

  test('shows what answers the problem and a finding too in both places', () => {
    const both = finding('fnd_f', { answers: [PROBLEM, 'fnd_a'], createdAt: later });
    expect(read([finding('fnd_a'), both])).toEqual(['a', '-f', 'f!']);
  });

  test('is read to its end where what was kept goes in a circle or answers what is gone', () => {
    const circle = [finding('fnd_a', { answers: ['fnd_b'] }), finding('fnd_b', { answers: ['fnd_a'] })];
    expect(read([...circle, finding('fnd_c', { answers: ['fnd_gone'] })])).toEqual(['a?', 'b?', 'c?']);
  });

  test('has chains', () => {
    expect(chainBetween(graph, 'fnd_d', 'fnd_a')?.map(({ id }) => id)).toEqual(['fnd_d', 'fnd_b', 'fnd_a']);
    expect(chainBetween(graph, 'fnd_a', 'fnd_d')).toBeUndefined();
  });
});

const techniques = ['five-whys', 'fishbone', 'fault-tree', 'timeline'] as const;
const place = fc.nat({ max: 12 });
const move = fc.record({
  what: fc.constantFrom('add', 'add', 'change', 'remove'),
  which: place,
  /** A place beyond those that there are is the problem. */
  answers: fc.array(place, { maxLength: 3 }),
  technique: fc.constantFrom('five-whys', 'five-whys', 'five-whys', ...techniques),
  isCause: fc.constantFrom(false, false, false, true),
});
type Action = typeof move extends fc.Arbitrary<infer M> ? M : never;

const fieldsOf = ({ answers, technique, isCause }: Action, findings: Finding[]): object => {
  const ids = answers.map((at) => findings[at]?.id ?? PROBLEM);
  const isBone = technique === 'fishbone' && ids.includes(PROBLEM);
  return {
    ...{ technique, answers: ids },
    ...(isBone ? { category: 'people' } : {}),
    ...(technique === 'timeline' ? { at: later } : {}),
    ...(isCause ? { cause: { type: 'defect' } } : {}),
  };
};

/** The findings after a move; the same when it was refused. */
const after = (findings: Finding[], given: Action): Finding[] => {
  const which = findings[given.which];
  const fields = fieldsOf(given, findings);
  try {
    if (given.what === 'add') return [...findings, adds(fields, { findings })];
    if (!which) return findings;
    if (given.what === 'remove') {
      requireRemovable(which, { findings, actor: ada, ifMatch: undefined });
      return findings.filter((each) => each !== which);
    }
    const changed = changes(which, fields, { findings });
    return findings.map((each) => (each === which ? changed : each));
  } catch (error) {
    if (error instanceof Refused) return findings;
    throw error;
  }
};

test('whatever is added, changed and taken away: no circle, and nothing that answers nothing or a cause', () => {
  let largest = 0;
  let joined = 0;
  fc.assert(
    fc.property(fc.array(move, { minLength: 20, maxLength: 60 }), (moves) => {
      const findings = moves.reduce(after, [] as Finding[]);
      const byId = new Map(findings.map((each) => [each.id, each]));
      for (const { id, answers, technique } of findings) {
        expect(answers.length > 0 || technique === 'timeline').toBe(true);
        for (const answer of answers.filter((each) => each !== PROBLEM)) {
          expect(byId.get(answer)).toMatchObject({ technique });
          expect(byId.get(answer)).not.toHaveProperty('cause');
          expect(chainBetween(findings, answer, id)).toBeUndefined();
        }
      }
      const firsts = read(findings).filter((line) => !line.endsWith('!'));
      expect(firsts.map((line) => `fnd_${line.replace(/^-+|\?$/g, '')}`).toSorted()).toEqual(
        [...byId.keys()].toSorted(),
      );
      largest = Math.max(largest, findings.length);
      joined = Math.max(joined, ...findings.map(({ answers }) => answers.length), 0);
    }),
    { numRuns: 300 },
  );
  // Refusing everything would hold too.
  expect([largest > 6, joined > 1]).toEqual([true, true]);
});
