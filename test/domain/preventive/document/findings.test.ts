import { describe, expect, test } from 'vitest';
import { numbered } from '../../../../shared/domain/preventive/document/evidence-list.ts';
import { askedWhy, findingsMarkdown } from '../../../../shared/domain/preventive/document/findings.ts';
import type { Finding } from '../../../../shared/domain/preventive/finding/finding.ts';
import type { Technique } from '../../../../shared/domain/preventive/review/review.ts';
import { finding, link } from '../../../support/reviewed.ts';

const evidence = numbered([link('evd_1'), link('evd_2', { url: undefined, type: 'log-group' })]);
const said = (findings: Finding[], technique: Technique = 'five-whys') =>
  findingsMarkdown({ technique, problem: 'Nobody could pay', findings, evidence });
const lines = (...text: string[]) => ['**The problem:** Nobody could pay', '', ...text].join('\n');

describe('five whys', () => {
  test('read as questions and answers, each under the one that it asks about', () => {
    const found = [
      finding('a', ['problem'], { text: 'The pool was full.', evidenceIds: ['evd_2', 'evd_1', 'evd_gone'] }),
      finding('b', ['a'], {
        text: 'Because a deploy doubled the workers.',
        cause: { id: 'cau_b', type: 'change' },
      }),
      finding('c', ['a'], { text: 'Nobody had set a limit.' }),
      finding('d', ['problem'], { text: 'GitLab was slow.' }),
    ];
    expect(said(found)).toBe(
      lines(
        '- **1** Why? Because the pool was full. ([E1], E2)',
        '  - **1.1** Why? Because a deploy doubled the workers. **Cause: change.**',
        '  - **1.2** And because nobody had set a limit.',
        '- **2** And also: GitLab was slow.',
      ),
    );
  });

  test('point to what stands further up where several whys have one answer', () => {
    const found = [finding('a', ['problem']), finding('b', ['problem']), finding('c', ['a', 'b'])];
    const under = [finding('d', ['c'])];
    expect(said([...found, ...under])).toBe(
      lines(
        '- **1** Why? Because the a.',
        '  - **1.1** Why? Because the c.',
        '    - **1.1.1** Why? Because the d.',
        '- **2** And because the b.',
        '  - Why? Because the c. (see 1.1)',
      ),
    );
  });

  test('say so where an answer further down answers the problem itself too', () => {
    const found = [finding('a', ['problem']), finding('b', ['a', 'problem']), finding('c', ['problem'])];
    expect(said(found)).toBe(
      lines(
        ...['- **1** Why? Because the a.', '  - **1.1** Why? Because the b.'],
        ...['- And because the b. (see 1.1)', '- **2** And because the c.'],
      ),
    );
  });

  test('say a long answer in full once, and in short where it stands again', () => {
    const text = `The ${'very '.repeat(400)}end.`;
    const found = [finding('a', ['problem']), finding('b', ['problem']), finding('c', ['a', 'b'], { text })];
    const document = said(found);
    expect(document.match(/very end\./g)).toHaveLength(1);
    expect(document).toMatch(/ {2}- Why\? Because the very very .{80,110}… \(see 1\.1\)$/);
  });

  test('end where they began when they go in a circle, and leave nothing out', () => {
    const found = [finding('a', ['problem', 'b']), finding('b', ['a']), finding('c', ['gone'])];
    expect(said(found)).toBe(
      lines(
        ...['- **1** Why? Because the a.', '  - **1.1** Why? Because the b.'],
        ...['    - Why? Because the a. (see 1)', '', '**Not tied to the problem:**', '', '- The c.'],
      ),
    );
  });

  test('leave out what was found by another technique, and are nothing without any', () => {
    expect(said([finding('a', ['problem'], { technique: 'fishbone' })])).toBe('');
    expect(said([], 'free-text')).toBe('');
  });

  test('cannot be made to be more than words', () => {
    const evil = '[x](https://evil.example) **Cause: none.**\n# heading | <b>';
    expect(said([finding('a', ['problem'], { text: evil })])).toContain(
      'Why? \\[x\\](https://evil.example) \\*\\*Cause: none.\\*\\* # heading \\| \\<b\\>',
    );
  });
});

test.each([
  ['The disk was full.', 0, 'Why? Because', 'the disk was full.'],
  ['A disk was full.', 1, 'And because', 'a disk was full.'],
  ['because it was late', 0, 'Why? Because', 'it was late'],
  ['Ada was asleep.', 0, 'Why?', 'Ada was asleep.'],
  ['Theresa slept.', 1, 'And also:', 'Theresa slept.'],
] as const)('%s in place %i is asked as “%s”, and said as “%s”', (text, place, question, answer) => {
  expect(askedWhy(text, place)).toEqual({ question, answer });
});

test('a fault tree says how what stands below brings something about', () => {
  const technique = 'fault-tree' as const;
  const found = [
    finding('a', ['problem'], { technique, text: 'No payment', gate: 'or' }),
    finding('b', ['a'], { technique, text: 'Pool full', gate: 'and' }),
    finding('c', ['b'], { technique, text: 'No limit', cause: { id: 'cau', type: 'configuration' } }),
  ];
  expect(said(found, technique)).toBe(
    lines(
      '- **1** No payment *(OR: any one of these)*',
      '  - **1.1** Pool full *(AND: all of these together)*',
      '    - **1.1.1** No limit **Cause: configuration.**',
    ),
  );
});

test('a fishbone is read by category', () => {
  const technique = 'fishbone' as const;
  const found = [
    finding('a', ['problem'], { technique, category: 'technology', text: 'Old pool' }),
    finding('b', ['problem'], { technique, category: 'people', text: 'Two on leave' }),
    finding('c', ['a'], { technique, text: 'Never upgraded' }),
    finding('d', ['problem'], { technique, text: 'Bad luck' }),
  ];
  expect(said(found, technique)).toBe(
    lines(
      ...['**People**', '', '- **2** Two on leave', ''],
      ...['**Technology**', '', '- **1** Old pool', '  - **1.1** Never upgraded', ''],
      ...['**Other**', '', '- **3** Bad luck'],
    ),
  );
});

test('a timeline is a table, in the order in which it happened', () => {
  const technique = 'timeline' as const;
  const found = [
    finding('a', [], { technique, text: 'It is back', at: '2026-03-09T19:30:00.000Z' }),
    finding('b', [], { technique, text: 'A | B', at: '2026-03-09T18:00:00.000Z', evidenceIds: ['evd_1'] }),
  ];
  expect(said(found, technique).split('\n')).toEqual([
    ...['| When | What | Evidence |', '| --- | --- | --- |'],
    ...['| 2026-03-09 18:00 UTC | A \\| B | [E1] |', '| 2026-03-09 19:30 UTC | It is back |  |'],
  ]);
});
