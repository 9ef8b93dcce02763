import { expect, test } from 'vitest';
import type { ProviderIncident } from '../../../shared/domain/proactive/provider-incidents/provider-incident.ts';
import { receive, vanish } from '../../../shared/domain/proactive/provider-incidents/receiving.ts';
import { PLANNED_SAMPLES } from '../../store/planned-samples.ts';

const invocation = { now: '2026-03-01T13:00:00.000Z', id: '01KJMY2Z00ABCDEFGHJKMNPQRS' };
const origin = { providerId: 'prv_1', providerName: 'Example Hosting', source: 'feed' as const };
const open = PLANNED_SAMPLES['provider-incident'];
const over: ProviderIncident = { ...open, over: true, status: 'resolved', resolvedAt: open.startedAt };
const { externalId, title, impact, status, startedAt } = open;
const report = { externalId, title, impact, status, startedAt, over: false };
const ended = { ...report, over: true, status: 'resolved' };

test.each([
  ['unknown, and there', undefined, report, 'opened'],
  ['unknown, and over', undefined, ended, 'over-before-it-was-known'],
  ['as it was', open, report, 'unchanged'],
  ['another status', open, { ...report, status: 'monitoring' }, 'updated'],
  ['other words', open, { ...report, lastUpdate: 'We see the cause.' }, 'updated'],
  ['over', open, ended, 'over'],
  ['over, and over still', over, { ...ended, status: 'postmortem' }, 'unchanged'],
  ['over, and back', over, report, 'came-back'],
] as const)('%s: %#', (_, known, told, reason) => {
  const heard = receive(known, { report: told, origin }, invocation);
  expect(heard.reason).toBe(reason);
  if (reason === 'unchanged') expect(heard.state).toBe(known);
  else if (known) expect(heard.state?.version).toBe(known.version + 1);
});

test('what is over has an end, and what came back has none', () => {
  expect(receive(open, { report: ended, origin }, invocation).state?.resolvedAt).toBe(invocation.now);
  expect(receive(over, { report, origin }, invocation).state?.resolvedAt).toBeUndefined();
  expect(vanish(open, invocation)).toMatchObject({
    reason: 'over',
    state: { over: true, resolvedAt: invocation.now },
  });
  expect(vanish(over, invocation)).toEqual({ reason: 'unchanged', state: over });
});

test('what a mail opened and the feed lists is the feed’s to end', () => {
  const byMail = { ...open, source: 'mail' as const };
  const news = { ...report, status: 'monitoring' };
  expect(receive(byMail, { report: news, origin }, invocation).state?.source).toBe('feed');
  const mail = { ...origin, source: 'mail' as const };
  expect(receive(open, { report: news, origin: mail }, invocation).state?.source).toBe('feed');
});
