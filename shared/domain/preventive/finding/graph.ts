import { cut, oneLine } from '../../one-line.ts';
import type { Finding } from './finding.ts';

const LONGEST_QUOTE = 60;

/** The order in which findings were written. */
const created = (one: Finding, other: Finding): number =>
  one.createdAt + one.id < other.createdAt + other.id ? -1 : 1;

/** A finding in a sentence about it. */
export const quoted = ({ text }: Pick<Finding, 'text'>): string => `“${cut(oneLine(text), LONGEST_QUOTE)}”`;

/** The findings that answer this one, or `problem`; oldest first. */
export const answersTo = (findings: readonly Finding[], id: string): Finding[] =>
  findings.filter(({ answers }) => answers.includes(id)).toSorted(created);

/** The findings that lead from one to another by what they answer, both ends included; undefined when none do. */
export const chainBetween = (
  findings: readonly Finding[],
  from: string,
  to: string,
): Finding[] | undefined => {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const seen = new Set<string>();
  const follow = (id: string): Finding[] | undefined => {
    const finding = byId.get(id);
    if (!finding || seen.has(id)) return undefined;
    seen.add(id);
    if (id === to) return [finding];
    for (const next of finding.answers) {
      const rest = follow(next);
      if (rest) return [finding, ...rest];
    }
    return undefined;
  };
  return follow(from);
};
