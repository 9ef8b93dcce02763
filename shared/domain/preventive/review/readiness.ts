import { type Problem, Refused } from '../../refused.ts';
import type { Contents } from './contents.ts';
import { textOf } from './contents.ts';
import type { SectionName } from './section.ts';

const problem = (section: SectionName, message: string): Problem => ({
  path: `sections.${section}`,
  message,
});

const choiceOf = ({ sections }: Contents, name: SectionName): string | undefined =>
  sections.find((section) => section.name === name)?.choice;

/** With free text the analysis says why; with every other technique a finding does. */
const hasCause = (contents: Contents): boolean =>
  contents.findings.some(({ cause }) => cause) ||
  (contents.review.technique === 'free-text' && textOf(contents, 'analysis') !== '');

const NO_CAUSE: Record<'findings' | 'analysis', Problem> = {
  findings: { path: 'findings', message: 'needs at least one cause: say of which type a last finding is' },
  analysis: problem('analysis', 'needs to say why it happened'),
};

/** All that a review still lacks before it can be read by those who approve it. */
export const missingFrom = (contents: Contents): Problem[] => {
  const isFree = contents.review.technique === 'free-text';
  const onePerson = choiceOf(contents, 'one-person');
  return [
    ...(textOf(contents, 'summary') ? [] : [problem('summary', 'needs to say what happened')]),
    ...(textOf(contents, 'impact') ? [] : [problem('impact', 'needs to say what it meant, and for whom')]),
    ...(hasCause(contents) ? [] : [NO_CAUSE[isFree ? 'analysis' : 'findings']]),
    ...(choiceOf(contents, 'fix') ? [] : [problem('fix', 'needs a choice: short-term or long-term')]),
    ...(onePerson ? [] : [problem('one-person', 'needs a choice: yes or no')]),
    ...(onePerson === 'no' && !textOf(contents, 'one-person')
      ? [problem('one-person', 'needs to say why one person could not have handled it')]
      : []),
  ];
};

/** @throws Refused `illegal-move` that names everything that is missing. */
export const requireReadiness = (contents: Contents): void => {
  const problems = missingFrom(contents);
  if (problems.length === 0) return;
  const what = problems.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw new Refused('illegal-move', `This review is not ready for approval: ${what}.`, problems);
};
