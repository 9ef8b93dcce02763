import { expect, test } from 'vitest';
import { readStatusMail } from '../../../shared/domain/proactive/provider-incidents/mail.ts';

const NOW = '2026-01-05T09:00:00.000Z';
const read = (subject: string, text = '') => readStatusMail({ subject, text }, NOW);

test.each<[string, string, object]>([
  [
    '[Example Hosting] Investigating: Network trouble',
    'Investigating - We are looking into it.\nhttps://status.example.com/incidents/abc123.',
    {
      ...{ externalId: 'abc123', title: 'Network trouble', status: 'investigating', over: false },
      ...{ lastUpdate: 'We are looking into it.', link: 'https://status.example.com/incidents/abc123' },
    },
  ],
  [
    'Network trouble',
    'New Incident Status: Monitoring\nImpact: major\n\nMonitoring - A fix is in place - we watch.',
    { status: 'monitoring', impact: 'major', lastUpdate: 'A fix is in place - we watch.' },
  ],
  [
    'Fwd: [Example] Resolved - Network trouble',
    '',
    { status: 'resolved', over: true, title: 'Network trouble' },
  ],
  ['[Example] In progress: database maintenance', '', { status: 'in_progress', impact: 'maintenance' }],
])('%s', (subject, text, told) => expect(read(subject, text)).toMatchObject(told));

test('the same title is the same incident, whatever its status and case', () => {
  const ids = ['Investigating: Network trouble', 'Resolved: network trouble'].map(
    (each) => read(each)?.externalId,
  );
  expect(ids[0]).toMatch(/^mail:/);
  expect(ids[1]).toBe(ids[0]);
});

test.each(['Your invoice', 'Hello', 'Resolved', ''])('“%s” is no status mail', (subject) =>
  expect(read(subject, 'Dear customer,\nthank you.')).toBeUndefined(),
);

test('a mail made to be slow is read as fast as any', () => {
  const began = performance.now();
  read('['.repeat(900), `${'- '.repeat(40_000)}\n${'https://'.repeat(2000)}\n${' '.repeat(50_000)}x`);
  // Milliseconds as a rule; what grows with the square of the length takes longer than this on any machine.
  expect(performance.now() - began).toBeLessThan(10_000);
});
