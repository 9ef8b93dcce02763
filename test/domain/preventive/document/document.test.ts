import { describe, expect, test } from 'vitest';
import {
  clientMarkdown,
  clientTitle,
  reviewMarkdown,
} from '../../../../shared/domain/preventive/document/document.ts';
import { SECTION_NAMES, SECTIONS } from '../../../../shared/domain/preventive/review/section.ts';
import { contents, context, finding, item, link, review, section } from '../../../support/reviewed.ts';

const approvals = [
  {
    role: 'technical-lead' as const,
    by: 'per_ada',
    name: 'Ada Berg',
    at: '2026-03-11T09:00:00.000Z',
    revision: 3,
  },
];
const everySection = SECTION_NAMES.map((name) => section(name, `Words of ${name}.`));

describe('a review as Markdown', () => {
  test('begins with what it is of, when that was, and who approved it', () => {
    const document = reviewMarkdown(
      contents({ review: review({ approvals, status: 'in-review' }) }),
      context(),
    );
    expect(document).toBe(
      `${[
        ...['# Review: Checkout is down', '', '- **Incident:** #7', '- **Client:** Harbour Books'],
        ...['- **Service:** Web shop', '- **Severity:** SEV1', '- **Opened:** 2026-03-09 18:00 UTC'],
        ...['- **Resolved:** 2026-03-09 19:30 UTC', '- **Lasted:** 1 hour 30 minutes'],
        ...['- **Review:** waiting for approval', '- **Revision:** 3'],
        '- **Approved by:** Ada Berg (technical lead, 2026-03-11 09:00 UTC)',
      ].join('\n')}\n`,
    );
  });

  test('has its sections in order, and leaves out those that nobody wrote', () => {
    const document = reviewMarkdown(contents({ sections: everySection.toReversed() }), context());
    const headings = [...document.matchAll(/^##+ (.*)$/gm)].map(([, heading]) => heading);
    const of = (reader: 'us' | 'client') =>
      SECTION_NAMES.filter((name) => SECTIONS[name].for === reader).map((name) => SECTIONS[name].heading);
    expect(headings).toEqual([...of('us'), 'What the client reads', ...of('client')]);
    const short = reviewMarkdown(
      contents({ review: review({ status: 'approved' }), sections: [section('impact', 'None.')] }),
      context(),
    );
    expect([...short.matchAll(/^##+ (.*)$/gm)].map(([, heading]) => heading)).toEqual(['Impact']);
  });

  test('names at its end what is still to be written, and only while it is written', () => {
    const some = everySection.filter(({ name }) => name !== 'lucky' && name !== 'client-cause');
    const ending = '## Not written yet\n\n- Where we were lucky\n- Why it happened (for the client)\n';
    expect(reviewMarkdown(contents({ sections: some }), context())).toContain(ending);
    const submitted = contents({ review: review({ status: 'in-review' }), sections: some });
    expect(reviewMarkdown(submitted, context())).not.toContain('Not written yet');
  });

  test('says what was chosen', () => {
    const sections = [section('fix', 'More connections.', 'short-term'), section('one-person', '', 'yes')];
    const document = reviewMarkdown(contents({ sections }), context());
    expect(document).toContain('## The fix\n\n*A short-term fix.*\n\nMore connections.\n');
    expect(document).toContain('## Could one person have handled it?\n\n*Yes.*\n');
  });

  test('shows its evidence: what, who added it and when, and where it is', () => {
    const evidence = [
      link('evd_2', {
        addedAt: '2026-03-10T10:00:00.000Z',
        title: 'Logs',
        url: undefined,
        type: 'log-group',
        logGroup: { name: '/app/shop', region: 'eu-west-1', from: '2026-03-09T18:00:00.000Z' },
      }),
      link('evd_1'),
      link('evd_3', {
        addedAt: '2026-03-10T11:00:00.000Z',
        title: 'Pool',
        url: undefined,
        type: 'metric',
        file: { name: 'pool.png', contentType: 'image/png', size: 20_400, key: 'k' },
      }),
    ];
    const findings = [finding('a', ['problem'], { evidenceIds: ['evd_2', 'evd_1'] })];
    const document = reviewMarkdown(contents({ evidence, findings }), context());
    expect(document).toContain('Why? Because the a. ([E1], E2)');
    expect(document).toContain(
      [
        '- **E1** [Graph evd_1](https://graphs.example.com/evd_1). Added by Ada Berg on 2026-03-10 09:00 UTC.',
        '- **E2** Logs, log group /app/shop, eu-west-1, from 2026-03-09 18:00 UTC. Added by Ada Berg on 2026-03-10 10:00 UTC.',
        '- **E3** Pool, file pool.png (20 kB, not arrived yet). Added by Ada Berg on 2026-03-10 11:00 UTC.',
      ].join('\n'),
    );
    expect(document).toContain('\n\n[E1]: https://graphs.example.com/evd_1\n');
  });

  test('lists its action items: whose, until when, how far, and how they are proven', () => {
    const actionItems = [
      item({ link: { trackerId: 'trk_1', key: 'OPS-17', url: 'https://issues.example.com/OPS-17' } }),
      item({
        title: 'Alarm',
        status: 'proven',
        provenAt: '2026-05-01T09:00:00.000Z',
        reopenings: 2,
        ownerId: 'per_gone',
        verification: { type: 'statement', statement: 'It rang.', lookAgainAt: '2026-05-01T08:00:00.000Z' },
      }),
      item({
        title: 'Dashboards',
        status: 'dropped',
        droppedBecause: 'Nobody reads them',
        type: 'monitoring',
        priority: 'low',
      }),
    ];
    const document = reviewMarkdown(contents(), context({ actionItems }));
    for (const words of [
      '- **Cap the pool**  \n  long-term fix, high priority; owner Bo Okafor; due 2026-04-01; **open**; [OPS-17](https://issues.example.com/OPS-17).  \n  Proven when none of its causes recurs for 90 days after completion.',
      'owner a removed person; due 2026-04-01; **proven**; reopened 2 times.  \n  Proven on 2026-05-01: It rang.',
      'monitoring, low priority; owner Bo Okafor; due 2026-04-01; **dropped**: Nobody reads them.',
    ])
      expect(document).toContain(words);
  });

  test('is laid out as the client wants it', () => {
    const template = {
      internal: '# {{client}}: {{incident}}\n\n## In short\n\n{{summary}}\n\n## Luck\n\n{{lucky}}',
    };
    const document = reviewMarkdown(
      contents({ sections: [section('summary', 'Short.')] }),
      context({ template }),
    );
    expect(document).toBe('# Harbour Books: #7\n\n## In short\n\nShort.\n');
  });

  test('cannot be broken by what people wrote', () => {
    const evil = review({ title: '# x\n\n[a](https://evil.example)', clientName: '<b>', problem: '**p**' });
    const document = reviewMarkdown(
      contents({
        review: evil,
        sections: [section('summary', '```\nopen'), section('impact', '{{people}}')],
      }),
      context(),
    );
    expect(document).toContain('# Review: # x \\[a\\](https://evil.example)\n');
    expect(document).toContain('- **Client:** \\<b\\>\n');
    expect(document).toContain('```\nopen\n```\n\n## Impact\n\n{{people}}');
  });
});

describe("the client's version", () => {
  const forClient = everySection.filter(({ name }) => SECTIONS[name].for === 'client');

  test('is what was written for them, with the service, the date and how long it lasted', () => {
    expect(clientMarkdown(contents({ sections: everySection }), context())).toBe(
      `${[
        ...['# What happened to Web shop on 9 March 2026', '', '- **Service:** Web shop'],
        ...['- **Date:** 9 March 2026', '- **Lasted:** 1 hour 30 minutes', ''],
        ...forClient.flatMap(({ name, text }) => [`## ${SECTIONS[name].heading}`, '', text, '']),
      ].join('\n')}`,
    );
  });

  test('holds nothing else of the review, whatever its layout asks for', () => {
    const internal = contents({
      review: review({ title: 'SECRET title', problem: 'SECRET problem', approvals }),
      sections: everySection.map((each) =>
        SECTIONS[each.name].for === 'us' ? { ...each, text: 'SECRET words' } : each,
      ),
      findings: [finding('a', ['problem'], { text: 'SECRET finding' })],
      evidence: [link('evd_1', { title: 'SECRET graph' })],
    });
    const client =
      '{{title}} {{problem}} {{incident}} {{approvals}}\n{{summary}}\n{{findings}}\n{{evidence}}\n{{client-cause}}';
    for (const template of [undefined, { client }])
      expect(
        clientMarkdown(internal, context({ template, actionItems: [item({ title: 'SECRET item' })] })),
      ).not.toMatch(/SECRET|Ada|#7|inc_|rev_/);
  });

  test.each([
    [[], ''],
    [['client-impact', 'client-measures'], ''],
    [['client-cause'], '## Why it happened'],
    [['client-summary'], '## What happened'],
  ] as const)('with %o written it has %j', (names, words) => {
    const sections = names.map((name) => section(name, 'Words.'));
    const document = clientMarkdown(contents({ sections }), context());
    if (words) expect(document).toContain(words);
    else expect(document).toBe('');
  });

  test('is called after the service and the day, and without its incident after the service', () => {
    expect(clientTitle(contents(), {})).toBe('What happened to Web shop');
    expect(clientMarkdown(contents({ sections: forClient }), context({ incident: undefined }))).not.toContain(
      'Date',
    );
  });
});
