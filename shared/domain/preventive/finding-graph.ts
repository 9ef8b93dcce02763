import { cut, oneLine } from '../one-line.ts';
import { type CauseType, type Finding, PROBLEM } from './finding.ts';

const LONGEST_QUOTE = 60;

/** The order in which findings were written. */
const created = (one: Finding, other: Finding): number =>
  one.createdAt + one.id < other.createdAt + other.id ? -1 : 1;

/** A finding in a sentence about it. */
export const quoted = ({ text }: Pick<Finding, 'text'>): string => `“${cut(oneLine(text), LONGEST_QUOTE)}”`;

/** The findings that answer this one, or `problem`; oldest first. */
export const answersTo = (findings: readonly Finding[], id: string): Finding[] =>
  findings.filter(({ answers }) => answers.includes(id)).toSorted(created);

/** Where reading begins: what answers the problem itself, or nothing that is there. Oldest first. */
export const rootsOf = (findings: readonly Finding[]): Finding[] => {
  const known = new Set(findings.map(({ id }) => id));
  return findings
    .filter(({ answers }) => answers.includes(PROBLEM) || !answers.some((id) => known.has(id)))
    .toSorted(created);
};

export interface FoundCause {
  id: string;
  type: CauseType;
  /** As the oldest finding that is this cause says it. */
  text: string;
}

/** The causes that were found, each once, oldest first. */
export const causesOf = (findings: readonly Finding[]): FoundCause[] => {
  const found = new Map<string, FoundCause>();
  for (const { cause, text } of findings.toSorted(created))
    if (cause && !found.has(cause.id)) found.set(cause.id, { id: cause.id, type: cause.type, text });
  return [...found.values()];
};

export interface Read {
  finding: Finding;
  /** How many answers lie between it and where reading began. */
  depth: number;
  /** It stands further up already, with all that answers it. */
  seenBefore: boolean;
}

/** All findings from the problem down, each as often as it answers something; ends even where they go in a circle. */
export const readingOrder = (findings: readonly Finding[]): Read[] => {
  const read: Read[] = [];
  const seen = new Set<string>();
  const descend = (finding: Finding, depth: number): void => {
    const seenBefore = seen.has(finding.id);
    seen.add(finding.id);
    read.push({ finding, depth, seenBefore });
    if (!seenBefore) for (const answer of answersTo(findings, finding.id)) descend(answer, depth + 1);
  };
  for (const root of rootsOf(findings)) descend(root, 0);
  for (const finding of findings.toSorted(created)) if (!seen.has(finding.id)) descend(finding, 0);
  return read;
};

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
