import { describe, expect, test } from 'vitest';
import type { Incident, Status } from '../../../shared/domain/corrective/incidents/incident.ts';
import type { Dedup } from '../../../shared/domain/proactive/alerts/alert.ts';
import type { AlertEvent } from '../../../shared/domain/proactive/alerts/alert-event.ts';
import { joins, lateness, meaningOf } from '../../../shared/domain/proactive/alerts/intake.ts';
import { caseOf } from '../../support/standing.ts';

const at = (time: string): string => `2026-01-05T${time}:00.000Z`;
const { opened } = caseOf({ severity: 'sev2' });
const incidentThatIs = (status: Status): Incident => ({ ...opened.state, status, resolvedAt: at('09:00') });
const dedup = (change: Partial<Dedup> = {}): Dedup => ({
  ...{ kind: 'dedup', integrationId: 'int_1', dedupKey: 'disk', version: 1, clientId: 'cli_1' },
  ...{ alertId: 'alt_1', incidentId: 'inc_1', open: true },
  ...change,
});
const trigger = (change: Partial<AlertEvent> = {}): AlertEvent => ({
  ...{ action: 'trigger', dedupKey: 'disk', summary: 'Disk', severity: 'sev2' },
  ...change,
});

interface Row {
  when: string;
  reason: string;
  event?: Partial<AlertEvent>;
  known?: Dedup;
  status?: Status;
  reopenWindow?: string;
  now?: string;
}
const closed = dedup({ open: false });
const over = dedup({ open: false, episode: at('08:00'), resolvedAt: at('09:00') });
const ROWS: Row[] = [
  { when: 'never heard of', reason: 'first' },
  { when: 'heard of, but never opened', known: dedup({ incidentId: 'inc_9' }), reason: 'first' },
  { when: 'open', known: dedup(), status: 'triggered', reason: 'duplicate' },
  { when: 'open and answered', known: dedup(), status: 'acknowledged', reason: 'duplicate' },
  {
    when: 'open, and worse',
    known: dedup(),
    status: 'contained',
    event: { severity: 'sev1' },
    reason: 'severity-raised',
  },
  {
    when: 'open, and less bad',
    known: dedup(),
    status: 'triggered',
    event: { severity: 'sev4' },
    reason: 'duplicate',
  },
  { when: 'resolved, its incident open', known: closed, status: 'triggered', reason: 'came-back' },
  { when: 'open, its incident resolved by hand', known: dedup(), status: 'resolved', reason: 'new-episode' },
  {
    when: 'its incident closed',
    known: closed,
    status: 'closed',
    reopenWindow: 'PT1H',
    reason: 'new-episode',
  },
  {
    when: 'at the end of the reopen window',
    known: closed,
    status: 'resolved',
    reopenWindow: 'PT10M',
    now: '09:10',
    reason: 'within-reopen-window',
  },
  {
    when: 'after the reopen window',
    known: closed,
    status: 'resolved',
    reopenWindow: 'PT10M',
    now: '09:11',
    reason: 'new-episode',
  },
  {
    when: 'without a reopen window, at the same moment',
    known: closed,
    status: 'resolved',
    now: '09:00',
    reason: 'new-episode',
  },
  {
    when: 'the episode is over',
    known: over,
    event: { episode: at('08:00') },
    reason: 'episode-is-over',
  },
  {
    when: 'the episode was over ten minutes ago',
    known: over,
    status: 'resolved',
    event: { episode: at('08:00') },
    now: '09:11',
    reason: 'new-episode',
  },
  {
    when: 'nobody knows when the episode was over',
    known: dedup({ open: false, episode: at('08:00') }),
    status: 'resolved',
    event: { episode: at('08:00') },
    reason: 'new-episode',
  },
  {
    when: 'an older state',
    known: dedup({ saidAt: at('08:00') }),
    status: 'triggered',
    event: { saidAt: at('07:59') },
    reason: 'older-state',
  },
  {
    when: 'the same state',
    known: dedup({ saidAt: at('08:00') }),
    status: 'triggered',
    event: { saidAt: at('08:00') },
    reason: 'duplicate',
  },
  {
    when: 'an older episode',
    known: over,
    event: { episode: at('07:00') },
    reason: 'older-episode',
  },
  {
    when: 'a newer episode',
    known: over,
    status: 'resolved',
    event: { episode: at('09:00') },
    reason: 'new-episode',
  },
  {
    when: 'an earlier start of what still fires',
    known: dedup({ episode: at('08:00') }),
    status: 'triggered',
    event: { episode: at('07:00') },
    reason: 'duplicate',
  },
];

test.each(ROWS)(
  '$when: $reason',
  ({ event, known, status, reopenWindow = 'PT0S', now = '09:05', reason }) => {
    const incident = status && incidentThatIs(status);
    const setting = { service: { reopenWindow }, now: at(now) };
    expect(meaningOf(trigger(event), { dedup: known, incident }, setting).reason).toBe(reason);
  },
);

describe('a resolve', () => {
  const known = dedup({ episode: at('08:00'), saidAt: at('08:10') });
  test.each([
    ['of the same episode', { episode: at('08:00') }, undefined],
    ['of a newer one', { episode: at('09:00') }, undefined],
    ['of one that was over before', { episode: at('06:00'), until: at('07:00') }, 'older-episode'],
    ['of one whose start moved back', { episode: at('07:00'), until: at('09:00') }, undefined],
    ['that names no episode', {}, undefined],
    ['of an older state', { saidAt: at('08:09') }, 'older-state'],
    ['of a newer state', { saidAt: at('08:11') }, undefined],
  ])('%s: %o is %s', (_, event, reason) => {
    expect(lateness(trigger({ action: 'resolve', ...event }), known, at('09:05'))).toBe(reason);
  });
});

test.each([
  ['inside the window', '09:09', 'triggered', true],
  ['inside the window, answered', '09:09', 'acknowledged', true],
  ['at its end', '09:10', 'triggered', false],
  ['inside the window, but over', '09:09', 'resolved', false],
  ['inside the window, but closed', '09:09', 'closed', false],
] as const)('an alert joins %s: %s, %s → %s', (_, now, status, does) => {
  const group = {
    kind: 'open-group' as const,
    serviceId: 'svc_1',
    version: 1,
    clientId: 'cli_1',
    incidentId: 'inc_1',
  };
  expect(joins({ ...group, until: at('09:10') }, incidentThatIs(status), at(now))).toBe(does);
  expect(joins(undefined, incidentThatIs(status), at(now))).toBe(false);
});
