import { dateAndTime } from '../../time.ts';
import { type Finding, FishboneCategory } from '../finding/finding.ts';
import type { Technique } from '../review/review.ts';
import { type EvidenceNumbers, references } from './evidence-list.ts';
import { asLine, asWords } from './markdown-text.ts';
import { isJoined, type Joined, outlineOf, type Point } from './outline.ts';

export interface Analysis {
  technique: Technique;
  problem: string;
  findings: readonly Finding[];
  evidence: EvidenceNumbers;
}

/** The findings of one technique; those that were made with another are not part of its reading. */
export const findingsBy = ({ technique, findings }: Pick<Analysis, 'technique' | 'findings'>): Finding[] =>
  findings.filter((finding) => finding.technique === technique);

/** The analysis as Markdown, by its technique; empty when nothing was found yet, or all of it is free text. */
export const findingsMarkdown = (analysis: Analysis): string => {
  const findings = findingsBy(analysis);
  if (findings.length === 0) return '';
  const read = { ...analysis, findings };
  if (analysis.technique === 'fishbone') return fishbone(read);
  if (analysis.technique === 'timeline') return timeline(read);
  return tree(read, analysis.technique === 'fault-tree' ? event : why);
};

type Say = (finding: Finding, place: number) => string;

const tree = ({ problem, findings, evidence }: Analysis, say: Say): string => {
  const { points, loose } = outlineOf(findings);
  const lines = points.flatMap((point, place) => lineOf(point, { evidence, say, place, indent: '' }));
  const apart = loose.map((finding) => `- ${asLine(finding.text)}${notes(finding, evidence)}`);
  return [
    `**The problem:** ${asWords(problem)}`,
    lines.join('\n'),
    ...(apart.length > 0 ? ['**Not tied to the problem:**', apart.join('\n')] : []),
  ].join('\n\n');
};

interface At {
  evidence: EvidenceNumbers;
  say: Say;
  place: number;
  indent: string;
}

const lineOf = (each: Point | Joined, at: At): string[] => {
  const { evidence, say, place, indent } = at;
  const said = say(each.finding, place);
  if (isJoined(each)) return [`${indent}- ${said} (see ${each.joins})`];
  const line = `${indent}- **${each.number}** ${said}${notes(each.finding, evidence)}`;
  return [
    line,
    ...each.under.flatMap((next, nth) => lineOf(next, { evidence, say, place: nth, indent: `${indent}  ` })),
  ];
};

const why: Say = ({ text }, place) => {
  const { question, answer } = askedWhy(text, place);
  return `${question} ${asWords(answer)}`;
};

const event: Say = ({ text, gate }) => `${asWords(text)}${gate ? ` *(${GATES[gate]})*` : ''}`;

/** How what stands below brings an event about. */
export const GATES = { and: 'AND: all of these together', or: 'OR: any one of these' } as const;

const SMALL =
  /^(a|an|the|this|that|these|those|it|its|there|no|nobody|nothing|none|not|one|two|three|we|our|they|their|he|his|she|her|some|somebody|all|both|each|every|any|only|when|while|after|before|until|once|in|on|at|by|for|from|of|with|without|because|more|most|several|many|few)\b/i;

/**
 * `Why? Because` and `the disk was full`; what else answers the same question goes on from there. Words that are always
 * small begin small after `because`. Any other may be a name, and stays as it is without it.
 */
export const askedWhy = (text: string, place: number): { question: string; answer: string } => {
  const rest = text.trim().replace(/^because\s+(?=\S)/i, '');
  const first = place === 0;
  if (!SMALL.test(rest)) return { question: first ? 'Why?' : 'And also:', answer: rest };
  const answer = rest.charAt(0).toLowerCase() + rest.slice(1);
  return { question: first ? 'Why? Because' : 'And because', answer };
};

/** That it is a cause and of which kind, and what shows it. */
const notes = ({ cause, evidenceIds }: Finding, evidence: EvidenceNumbers): string => {
  const shown = references(evidenceIds, evidence);
  return [cause ? ` **Cause: ${cause.type}.**` : '', shown ? ` (${shown})` : ''].join('');
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What stands under each category of a fishbone, in the order of the categories; `Other` is for those without. */
export const byCategory = (
  findings: readonly Finding[],
): { heading: string; outline: ReturnType<typeof outlineOf> }[] => {
  const { points, loose } = outlineOf(findings);
  const categories = [...FishboneCategory.options, undefined];
  return categories
    .map((category) => ({
      heading: category ? capital(category) : 'Other',
      outline: {
        points: points.filter(({ finding }) => finding.category === category),
        loose: loose.filter((finding) => finding.category === category),
      },
    }))
    .filter(({ outline }) => outline.points.length + outline.loose.length > 0);
};

const fishbone = ({ problem, findings, evidence }: Analysis): string => {
  const say: Say = ({ text }) => asWords(text);
  const bones = byCategory(findings).map(({ heading, outline: { points, loose } }) => {
    const lines = points.flatMap((point, place) => lineOf(point, { evidence, say, place, indent: '' }));
    const apart = loose.map((finding) => `- ${asLine(finding.text)}${notes(finding, evidence)}`);
    return `**${heading}**\n\n${[...lines, ...apart].join('\n')}`;
  });
  return [`**The problem:** ${asWords(problem)}`, ...bones].join('\n\n');
};

/** Findings of a timeline by when it happened; those without a time come last. */
export const byTime = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((one, other) => ((one.at ?? '~') + one.id < (other.at ?? '~') + other.id ? -1 : 1));

const timeline = ({ findings, evidence }: Analysis): string => {
  const rows = byTime(findings).map(
    (finding) =>
      `| ${finding.at ? dateAndTime(finding.at) : ''} | ${asWords(finding.text)}${finding.cause ? ` **Cause: ${finding.cause.type}.**` : ''} | ${references(finding.evidenceIds, evidence)} |`,
  );
  return ['| When | What | Evidence |', '| --- | --- | --- |', ...rows].join('\n');
};
