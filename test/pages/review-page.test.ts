import { describe, expect, test } from 'vitest';
import type { Technique } from '../../shared/domain/preventive/review/review.ts';
import { clientPage, publicationPage, reviewPage } from '../../shared/pages/review-page.ts';
import type { ReviewDocument } from '../../shared/workflow/reviews/document.ts';
import { contents, context, finding, item, link, review, section } from '../support/reviewed.ts';

const at = '2026-03-11T09:00:00.000Z';
const page = (change: Parameters<typeof contents>[0] = {}, about: Partial<ReviewDocument['context']> = {}) =>
  reviewPage({ contents: contents(change), context: context(about), at });

test('a review is a page to read and to print, which says whose it is', () => {
  const html = page({ sections: [section('summary', '**Down.**')] }, { actionItems: [item()] });
  for (const part of [
    ...[
      '<title>Review: Checkout is down</title>',
      '<h1>Review: Checkout is down</h1>',
      '<dd>1 hour 30 minutes</dd>',
    ],
    ...['<h2>Summary</h2>', '<strong>Down.</strong>', 'Cap the pool', '<h2>Not written yet</h2>'],
    'Incident #7 of Harbour Books, revision 3. Internal: not for the client.',
  ])
    expect(html).toContain(part);
  expect(html).toMatch(/@page\{size:A4[\s\S]*@media print/);
});

describe('the five whys are a tree', () => {
  const findings = [
    finding('a', ['problem'], { text: 'The pool was full.', evidenceIds: ['evd_1'] }),
    finding('b', ['a'], { text: 'A deploy doubled it.', cause: { id: 'cau_1', type: 'change' } }),
    finding('c', ['problem']),
    finding('d', ['a', 'c']),
  ];
  const html = page({ findings, evidence: [link('evd_1')] });

  test('each why within the one that it asks about', () => {
    expect(html).toContain('<p class="problem">Nobody could pay</p>');
    const [, tree = ''] = /(<ol class="tree">[\s\S]*<\/ol>)/.exec(html) ?? [];
    expect(tree.match(/<ol/g)).toHaveLength(tree.match(/<\/ol>/g)?.length ?? 0);
    expect(tree.match(/<li>/g)).toHaveLength(5);
    expect(tree).toMatch(
      /class="number">1<[\s\S]*<ol>[\s\S]*class="number">1\.1<[\s\S]*<\/ol>[\s\S]*class="number">2</,
    );
  });

  test('with the kind of a cause, its evidence, and where it stands already', () => {
    expect(html).toContain('<div class="node cause">');
    expect(html).toContain('Cause: change');
    expect(html).toContain(
      '<a href="https://graphs.example.com/evd_1" rel="noopener noreferrer nofollow">E1</a>',
    );
    expect(html).toContain('<em>(see 1.2)</em>');
  });
});

test.each([
  ['fishbone', { category: 'people' as const }, '<h3>People</h3>'],
  ['fault-tree', { gate: 'and' as const }, 'AND: all of these together'],
  ['timeline', { at: '2026-03-09T18:00:00.000Z', answers: [] }, '<td>2026-03-09 18:00 UTC</td>'],
] as const)('a %s is drawn too', (technique: Exclude<Technique, 'free-text'>, change, part) => {
  const findings = [finding('a', ['problem'], { technique, ...change, answers: ['problem'] })];
  expect(page({ review: review({ technique }), findings })).toContain(part);
});

test('a section cannot reach beyond itself, nor load anything', () => {
  const evil = '</div></main><script>alert(1)</script>\n\n# Approved\n\n```\n<img src=https://evil.example>';
  const html = page({
    review: review({ title: evil, problem: evil, clientName: evil }),
    sections: [section('summary', evil), section('impact', 'After it.')],
    findings: [finding('a', ['problem'], { text: evil })],
    evidence: [link('evd_1', { title: evil, url: 'javascript:alert(1)' })],
  });
  expect(html).not.toMatch(/<script|<img|href="javascript/);
  expect(html.match(/<\/main>/g)).toHaveLength(1);
  expect(html.match(/<h1>/g)).toHaveLength(1);
  expect(html).toContain('<h2>Impact</h2>\n<p>After it.</p>');
});

test('what the client is given says nothing about where it comes from', () => {
  const html = publicationPage({
    ...{ kind: 'publication', reviewId: 'rev_1', number: 2, clientId: 'cli_1', revision: 9 },
    ...{ title: 'What happened', markdown: '# What happened\n\n<b>It broke.' },
    ...{ publishedAt: at, publishedBy: { kind: 'person', id: 'per_ada', name: 'Ada Berg' }, to: [] },
  });
  expect(html).toContain('Version 2, published on 2026-03-11 09:00 UTC.');
  expect(html).toContain('&lt;b&gt;It broke.');
  expect(html).not.toMatch(/rev_1|cli_1|per_ada|Ada|revision|Internal/);
});

test('a draft for the client says that it is one', () => {
  expect(clientPage({ title: 't', markdown: 'words', foot: 'Not published.' })).toContain('Not published.');
});
