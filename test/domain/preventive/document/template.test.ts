import { describe, expect, test } from 'vitest';
import {
  asMarkdown,
  BUILT_IN,
  layOut,
  PLACEHOLDERS,
  problemsWithTemplate,
} from '../../../../shared/domain/preventive/document/template.ts';

const filled = (template: string, values: Record<string, string>) => asMarkdown(layOut(template, values));

describe('a template', () => {
  test.each([
    ['# {{title}}', { title: 'Down' }, '# Down\n'],
    ['Of {{ service }} on {{date}}.', { service: 'Shop', date: 'Monday' }, 'Of Shop on Monday.\n'],
    ['## A\n\n{{a}}\n\n## B\n\n{{b}}', { b: 'text' }, '## B\n\ntext\n'],
    ['## A\n\n### B\n\n{{b}}\n\n## C\n\n{{c}}', { b: 'text' }, '## A\n\n### B\n\ntext\n'],
    ['## A\n\n### B\n\n{{b}}\n\n## C\n\n{{c}}', { c: 'text' }, '## C\n\ntext\n'],
    ['# Only a title', {}, '# Only a title\n'],
    ['{{a}}\n\n{{b}}', { a: '```\nopen', b: 'after' }, '```\nopen\n```\n\nafter\n'],
    ['A {{a}} B', { a: 'two\n\nlines' }, 'A two lines B\n'],
    [
      '## A\n\n{{a}}',
      { a: '# One\n## Two\n```\n# code\n```' },
      '## A\n\n### One\n#### Two\n```\n# code\n```\n',
    ],
    ['### A\n\n{{a}}\n\nB {{b}}', { a: '#### One\n#two', b: '# b' }, '### A\n\n###### One\n#two\n\nB # b\n'],
    ['{{a}}', { a: '# One' }, '# One\n'],
    ['{{a}}', { a: 'one\n\n\n\nfour' }, 'one\n\n\n\nfour\n'],
    ['{{constructor}}', {}, '\n'],
  ])('%j with %j is %j', (template, values, document) => {
    expect(filled(template, values as Record<string, string>)).toBe(document);
  });

  test('puts each value in once: braces in what people wrote stay', () => {
    expect(filled('{{a}} and {{b}}', { a: '{{b}}', b: 'secret' })).toBe('{{b}} and secret\n');
  });

  test('keeps apart what stands on a line of its own, so that it can be drawn', () => {
    expect(layOut('x\n{{findings}}', { findings: 'tree' })).toEqual([
      { markdown: 'x' },
      { name: 'findings', markdown: 'tree' },
    ]);
  });
});

test.each(['us', 'client'] as const)('the layout for %s needs nothing that there is not', (reader) => {
  expect(problemsWithTemplate(BUILT_IN[reader], reader, 'body')).toEqual([]);
});

test('a fact may be said as often as one likes', () => {
  expect(problemsWithTemplate('# {{service}}\n\nAbout {{service}}: {{service}}.', 'client', 'body')).toEqual(
    [],
  );
});

test("the client's layout can ask for nothing internal", () => {
  expect(PLACEHOLDERS.client).toEqual([
    ...['title', 'facts', 'client', 'service', 'date', 'duration'],
    ...['client-summary', 'client-impact', 'client-cause', 'client-measures'],
  ]);
});

test.each([
  ['us', '{{sumary}}', '{{sumary}} is not known'],
  ['us', '{{ }}', 'is not known'],
  ['client', '{{summary}} {{evidence}}', '{{summary}} is not for the client'],
  ['client', '{{ people }}', '{{people}} is not for the client'],
  ['client', '{{client-cause}}\n\n{{ client-cause }}', '{{client-cause}} is used twice'],
  ['us', '{{findings}} {{findings}} {{findings}}', '{{findings}} is used twice'],
  ['client', '{{nonsense}}', '{{nonsense}} is not known'],
] as const)('for %s, %s is refused with what there is', (reader, template, words) => {
  const [problem] = problemsWithTemplate(template, reader, 'body.client');
  expect(problem).toMatchObject({ path: 'body.client', message: expect.stringContaining(words) });
  expect(problem?.message).toContain('There is {{title}}, ');
});
