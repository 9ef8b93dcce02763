import { describe, expect, it } from 'vitest';
import { proofPage } from '../../shared/pages/proof-page.ts';
import { event, proof, providerNotice, sent } from './planned.ts';

it('tells of every notice to whom, when, which text, and what came back', () => {
  const page = proofPage(
    proof({}, [
      sent({ acknowledgedAt: '2026-11-17T09:30:00.000Z', acknowledgedBy: 'Kim', answer: 'Ticket 4711' }),
      sent({ id: 'ntc_2', subject: 'Again: Black Friday', state: 'given-up', lastError: '550 no such user' }),
    ]),
  );
  for (const fact of [
    ...['Support desk, support@example.com', 'Tue 17 Nov 2026, 10:00 Europe/Stockholm'],
    ...['Tue 17 Nov 2026, 09:00 UTC', 'Please plan for it.\nConfirm here: (a link of their own)'],
    ...['delivered to their mail server', 'Kim', 'Ticket 4711', 'Tue 17 Nov 2026, 10:30'],
    ...['Again: Black Friday', 'failed permanently', '550 no such user'],
  ])
    expect(page).toContain(fact);
});

describe('says of every provider whether the deadline was kept', () => {
  const late = '2026-11-21T08:00:00.000Z';
  const noted = { state: 'acknowledged' as const, acknowledgedAt: '2026-11-17T09:30:00.000Z' };
  it.each([
    [{}, {}, 'Notified in time, 2 days 23 hours before the deadline. They have not confirmed.'],
    [noted, {}, 'Notified in time, 2 days 23 hours before the deadline. They have confirmed.'],
    [{ ...noted, state: 'withdrawn' as const }, {}, 'They have confirmed. The event no longer affects them'],
    [{ sentAt: late }, { handedOverAt: late }, 'Notified 1 day too late. They have not'],
    [{}, { handedOverAt: late }, 'Notified 1 day too late.'],
    [{}, { handedOverAt: undefined, state: 'failed' as const }, 'the notice is on its way'],
    [{ state: 'failed' as const }, { state: 'given-up' as const }, 'Not notified: no notice arrived.'],
    [{ ...noted, sentAt: undefined }, { providerId: 'prv_other' }, 'Notified in time, 2 days 22 hours'],
    [{ state: 'unreachable' as const, sentAt: undefined }, {}, 'no e-mail address'],
    [{ state: 'incomplete' as const, sentAt: undefined }, {}, 'Not notified yet: details'],
  ])('%o, sent as %o', (notice, message, words) => {
    expect(proofPage(proof({ notices: [providerNotice(notice)] }, [sent(message)]))).toContain(words);
  });
});

it('shows the client everything that the provider was told, and how it went', () => {
  const page = proofPage(
    proof({
      status: 'over',
      outcome: { peak: { requestsPerSecond: 990 }, problems: '', at: event().end, by: 'per_owner' },
    }),
  );
  for (const fact of [
    'Mia Market',
    '40 requests a second',
    'What was planned',
    '990 requests a second',
    'none',
  ])
    expect(page).toContain(fact);
});

it('says so when no notice was needed', () => {
  const page = proofPage(proof({ notices: [] }, []));
  expect(page).toContain('no notice was needed');
  expect(page).toContain('Nothing was sent.');
});

it('holds nothing internal, loads nothing, and cannot be made to', () => {
  const evil = '<img src=https://evil.example>';
  const page = proofPage(proof({ name: evil }, [sent({ text: evil, subject: evil })]));
  for (const ours of [
    'budget',
    'per_owner',
    'per_manager',
    'prv_host',
    'cli_1',
    '{{link}}',
    '<img',
    '<script',
    '<link',
  ])
    expect(page).not.toContain(ours);
});

it('is made to be printed on A4', () => {
  expect(proofPage(proof())).toMatch(/@page\{size:A4[\s\S]*@media print/);
});
