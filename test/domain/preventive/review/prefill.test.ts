import { expect, test } from 'vitest';
import type { ProviderTicket } from '../../../../shared/domain/corrective/provider-tickets/provider-ticket.ts';
import type { HistoryEntry } from '../../../../shared/domain/outbox/history.ts';
import { type Known, prefill } from '../../../../shared/domain/preventive/review/prefill.ts';
import { after } from '../../../../shared/domain/time.ts';
import { incident, NOW, personCalled } from '../review-scene.ts';

const entry = (place: number, text: string, what: HistoryEntry['what'] = 'note'): HistoryEntry => ({
  ...{ kind: 'history-entry', subjectId: incident().id, id: `tle_${String(place).padStart(6, '0')}` },
  ...{
    clientId: 'cli_1',
    at: after(NOW, `PT${place}S`),
    what,
    text,
    reason: 'noted',
    actor: personCalled('Ada'),
  },
});

const known = (changes: Partial<Known> = {}): Known => ({
  ...{ incident: incident(), entries: [], pages: [], tickets: [] },
  ...changes,
});

test('the facts are those of the incident', () => {
  const filled = prefill(
    known({
      incident: incident({ summary: 'No orders since *nine*.' }),
      entries: [
        entry(0, 'Opened by hand by Ada.', 'opened'),
        entry(60, 'Restarted it.'),
        entry(3600, 'Resolved by Ada.', 'resolved'),
      ],
    }),
  );
  expect(filled.summary).toBe(
    'Incident \\#7, “The shop is down” (sev1), on Shop of Harbour Books, opened 2026-01-05 09:00 UTC. The first response came after 3 minutes. The incident was resolved after 1 hour.\n\nNo orders since \\*nine\\*.',
  );
  expect(filled.impact).toContain('2026-01-05 09:00 UTC to 2026-01-05 10:00 UTC');
  expect(filled.timeline?.split('\n')).toEqual([
    '- 2026-01-05 09:00 UTC: Opened by hand by Ada.',
    '- 2026-01-05 09:01 UTC: Restarted it.',
    '- 2026-01-05 10:00 UTC: Resolved by Ada.',
  ]);
  expect(filled.detection).toBe(
    'The incident was opened by Ada at 2026-01-05 09:00 UTC.\n\nThe first response came after 3 minutes.',
  );
  expect(filled.people).toBe('- Ada: opened at 09:00, note at 09:01, resolved at 10:00');
  expect(filled.response).toBe(
    '- 2026-01-05 09:01 UTC: Restarted it.\n- 2026-01-05 10:00 UTC: Resolved by Ada.',
  );
});

test('what was asked of a provider, and what it looked like, is part of the response', () => {
  const ticket: ProviderTicket = {
    ...{
      kind: 'provider-ticket',
      id: 'tkt_1',
      version: 1,
      createdAt: NOW,
      updatedAt: NOW,
      clientId: 'cli_1',
    },
    ...{
      providerId: 'prv_1',
      providerName: 'Example Hosting',
      subject: 'Slow',
      text: 'x',
      priority: 'Urgent',
    },
    ...{
      way: 'email',
      askedBy: 'per_ada',
      status: 'answered',
      generation: 2,
      level: 0,
      within: 'PT1H',
      chases: 0,
    },
    ...{ askedAt: NOW, answerDueAt: NOW, answeredAt: after(NOW, 'PT20M'), reference: 'HST-77' },
  };
  const to = [
    {
      incidentId: 'inc_0',
      number: 3,
      title: 'Down',
      openedAt: NOW,
      because: [],
      helped: 'A restart.',
      causeIds: [],
    },
  ];
  const similar = { kind: 'similar-incidents' as const, incidentId: 'inc_1', clientId: 'cli_1', at: NOW, to };
  expect(prefill(known({ tickets: [ticket], similar })).response).toBe(
    [
      '- Similar to \\#3 “Down” of 2026-01-05 09:00 UTC. What helped then: A restart.',
      '- 2026-01-05 09:00 UTC: asked Example Hosting (Urgent): Slow (HST-77); answered after 20 minutes.',
    ].join('\n'),
  );
});

test('solved before anybody had answered, it says so', () => {
  const alone = incident({ acknowledgedAt: undefined });
  expect(prefill(known({ incident: alone })).detection).toContain('ended before anyone responded');
});

test.each([
  [200, 20, 200],
  [201, 20, 201],
  [5000, 20, 201],
  [600, 4000, undefined],
  [150, 4000, undefined],
])('%i entries of %i characters fit into a section, first and last among them', (count, size, lines) => {
  const entries = Array.from({ length: count }, (_, place) =>
    entry(place, `${place} ${'[x] '.repeat(size / 4)}`),
  );
  const text = prefill(known({ entries })).timeline ?? '';
  expect(text.length).toBeLessThanOrEqual(20_000);
  expect(text).toMatch(/^- 2026-01-05 09:00 UTC: 0 /);
  expect(text.split('\n').at(-1)).toContain(`UTC: ${count - 1} `);
  if (lines) expect(text.split('\n')).toHaveLength(lines);
  else expect(text).toMatch(/\n- … \d+ more\n/);
});

test('what others wrote is shown, and is no Markdown', () => {
  const hostile =
    '# big\n<script>alert(1)</script> [click](javascript:x) ![](https://evil.example.com/p.png)';
  const entries = [{ ...entry(1, hostile), actor: personCalled('- [ ] Ada') }];
  const context = incident({ serviceName: '# Shop', summary: '1. Buy\n2. this' });
  const { timeline, impact, people, summary } = prefill(known({ entries, incident: context }));
  expect(timeline).toBe(
    '- 2026-01-05 09:00 UTC: # big \\<script\\>alert(1)\\</script\\> \\[click\\](javascript:x) !\\[\\](https://evil.example.com/p.png)',
  );
  expect(impact).toMatch(/^\\# Shop was affected/);
  expect(people).toBe('- \\- \\[ \\] Ada: note at 09:00');
  expect(summary).toMatch(/\n1\\\. Buy 2\. this$/);
});
