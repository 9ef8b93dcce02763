import { cut } from '../../one-line.ts';
import { type Finding, PROBLEM } from '../finding/finding.ts';
import { answersTo } from '../finding/graph.ts';

/** A finding where it is read first, numbered as one speaks of it: `1`, `1.2`, `1.2.1`. */
export interface Point {
  number: string;
  finding: Finding;
  under: (Point | Joined)[];
}

/** A finding that answers this one too, and stands elsewhere: here it is said in short. */
export interface Joined {
  joins: string;
  finding: Finding;
}

/** Characters. */
const IN_SHORT = 120;

export const isJoined = (each: Point | Joined): each is Joined => 'joins' in each;

export interface Outline {
  points: (Point | Joined)[];
  /** Findings that answer nothing which is there (any more). */
  loose: Finding[];
}

/**
 * Findings as a tree to be read from the problem down. One that answers several stands where it is met first; the
 * others point there. In the order in which they were written; what goes in circles ends where it began.
 */
export const outlineOf = (findings: readonly Finding[]): Outline => {
  const numbers = new Map<string, string>();
  const under = (answered: string, prefix: string): Point['under'] => {
    let place = 0;
    return answersTo(findings, answered).map((finding) => {
      const known = numbers.get(finding.id);
      if (known) return { joins: known, finding: { ...finding, text: cut(finding.text, IN_SHORT) } };
      place += 1;
      const number = `${prefix}${place}`;
      numbers.set(finding.id, number);
      return { number, finding, under: under(finding.id, `${number}.`) };
    });
  };
  return { points: under(PROBLEM, ''), loose: findings.filter(({ id }) => !numbers.has(id)) };
};
