import { oneLine } from '../../one-line.ts';
import type { Problem } from '../../refused.ts';
import { type Evidence, isThere } from '../evidence/evidence.ts';
import type { Cause } from '../recurrence/cause.ts';
import type { FindingContent } from './body.ts';
import { causeIdOf } from './cause.ts';
import { type Finding, PROBLEM } from './finding.ts';
import { answersTo, chainBetween, quoted } from './graph.ts';

/** A finding as it is to be, before anybody knows whether it fits. */
export type Candidate = FindingContent & Pick<Finding, 'id' | 'technique'>;

interface Beside {
  findings: readonly Finding[];
  evidence: readonly Evidence[];
  known: Cause | undefined;
}

/** Everything about a finding that does not fit the others, the evidence, or its own technique. */
export const problemsOf = (candidate: Candidate, beside: Beside): Problem[] => [
  ...answering(candidate, beside.findings),
  ...answered(candidate, beside.findings),
  ...byTechnique(candidate),
  ...evidence(candidate, beside.evidence),
  ...cause(candidate, beside.known),
];

const says = (path: string, message: string): Problem[] => [{ path: `body.${path}`, message }];

const answering = (candidate: Candidate, findings: readonly Finding[]): Problem[] => {
  if (candidate.answers.length === 0 && candidate.technique !== 'timeline')
    return says('answers', `must name what it answers: \`${PROBLEM}\`, or the id of a finding`);
  return candidate.answers.flatMap((id, place) => {
    const fault = id === PROBLEM ? undefined : faultOfAnswer(candidate, id, findings);
    return fault ? says(`answers[${place}]`, fault) : [];
  });
};

const faultOfAnswer = (
  candidate: Candidate,
  id: string,
  findings: readonly Finding[],
): string | undefined => {
  if (id === candidate.id) return 'a finding cannot answer itself';
  const finding = findings.find((each) => each.id === id);
  if (!finding) return `there is no finding ${oneLine(id)} in this review`;
  if (finding.technique !== candidate.technique)
    return `${quoted(finding)} was found by another technique (${finding.technique})`;
  if (finding.cause) return `${quoted(finding)} is a cause: remove that mark first`;
  const chain = chainBetween(findings, id, candidate.id);
  return chain && `goes in a circle: ${inWords(candidate, chain)}`;
};

/** `“A” answers “B”, which answers “C”, which answers “A”`. */
const inWords = (candidate: Candidate, chain: Finding[]): string =>
  `${quoted(candidate)} answers ${chain
    .map((finding) => quoted(finding.id === candidate.id ? candidate : finding))
    .join(', which answers ')}`;

/** What those that answer it already do not allow any more. */
const answered = ({ id, technique, cause: isCause }: Candidate, findings: readonly Finding[]): Problem[] => {
  const answers = answersTo(findings, id);
  const [first] = answers;
  const other = answers.find((finding) => finding.technique !== technique);
  return [
    ...(isCause && first
      ? says('cause', `${quoted(first)} answers this finding: only a finding without answers can be a cause`)
      : []),
    ...(other ? says('technique', `${quoted(other)} answers this finding, by another technique`) : []),
  ];
};

const byTechnique = ({ technique, answers, category, gate, at }: Candidate): Problem[] => {
  const isBone = technique === 'fishbone' && answers.includes(PROBLEM);
  return [
    ...(isBone && !category
      ? says('category', 'is required for what answers the problem of a fishbone')
      : []),
    ...(!isBone && category ? says('category', 'is only for what answers the problem of a fishbone') : []),
    ...(technique !== 'fault-tree' && gate ? says('gate', 'is only for a fault tree') : []),
    ...(technique === 'timeline' && !at ? says('at', 'is required on a timeline: when it happened') : []),
    ...(technique !== 'timeline' && at ? says('at', 'is only for a timeline') : []),
  ];
};

const evidence = ({ evidenceIds }: Candidate, all: readonly Evidence[]): Problem[] =>
  evidenceIds.flatMap((id, place) => {
    const found = all.find((each) => each.id === id);
    if (found && isThere(found)) return [];
    const fault = found
      ? 'its file has not been uploaded yet'
      : `there is no evidence ${oneLine(id)} in this review`;
    return says(`evidenceIds[${place}]`, fault);
  });

const cause = ({ id, cause: said }: Candidate, known: Cause | undefined): Problem[] => {
  if (!said) return [];
  const { type, sameAs } = said;
  if (sameAs === undefined || sameAs === causeIdOf(id)) return type ? [] : says('cause.type', 'is required');
  if (!known) return says('cause.sameAs', `there is no cause ${oneLine(sameAs)} of this client`);
  if (type && type !== known.type)
    return says('cause.type', `is ${known.type} for this cause: send that, or nothing`);
  return [];
};
