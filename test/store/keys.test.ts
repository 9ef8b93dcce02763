import { expect, test } from 'vitest';
import type { Kind } from '../../shared/domain/records.ts';
import { canExist, DUE_SHARDS, indexKeysOf, keyOf } from '../../shared/store/keys.ts';
import { NOW, numbered, SAMPLES } from './samples.ts';

/** Where released versions have put things: a key that changes here is a migration. */
const keys: { [K in Kind]: [pk: string, sk: string] } = {
  client: ['cli_1', 'client'],
  service: ['svc_1', 'service'],
  person: ['per_1', 'person'],
  'escalation-policy': ['pol_1', 'escalation-policy'],
  schedule: ['sch_1', 'schedule'],
  integration: ['int_1', 'integration'],
  'api-key': ['key_1', 'api-key'],
  credential: ['key#cd34', 'credential'],
  use: ['pol_1', 'used-by#service#svc_1'],
  answer: ['answer#abc', 'answer'],
  incident: ['inc_1', 'incident'],
  'policy-snapshot': ['inc_1', 'policy'],
  'history-entry': ['inc_1', 'timeline#tle_1'],
  page: ['inc_1', 'page#1-0-0-per_1-phone'],
  effect: ['inc_1', 'effect#eff_1'],
  timer: ['tmr_1', 'timer'],
  'sms-code': ['phone#+15550100123', 'code#1'],
  'phone-incident': ['phone#+15550100123', 'incident#inc_1'],
  alert: ['alt_1', 'alert'],
  dedup: ['dedup#1#int_1#da09c38fc7785d3b88ab5a65c5a99e4720c34b3f6980643172b618f39ddfacf1', 'dedup'],
  'open-alert': ['inc_1', 'open-alert#alt_1'],
  'alerts-open-at-resolve': ['inc_1', 'forgotten-alerts#1'],
  'open-group': ['svc_1', 'open-group'],
  change: ['chg_1', 'change'],
  provider: ['prv_1', 'provider'],
  'provider-ticket': ['tkt_1', 'provider-ticket'],
  'provider-incident': ['pvi_1', 'provider-incident'],
  'provider-incident-key': ['prv_1', 'status#abc123'],
  'provider-impact': ['pvi_1', 'impact#cli_1'],
  'traffic-event': ['trf_1', 'traffic-event'],
  notice: ['tkt_1', 'notice#g1.asked.0#support'],
  review: ['rev_1', 'review'],
  'review-section': ['rev_1', 'section#fix'],
  'review-template': ['cli_1', 'review-template'],
  finding: ['rev_1', 'finding#fnd_1'],
  evidence: ['rev_1', 'evidence#evd_1'],
  publication: ['rev_1', 'publication#000001'],
  cause: ['cau_1', 'cause'],
  'cause-sighting': ['cau_1', 'sighting#inc_1'],
  'cause-action': ['cau_1', 'action#act_1'],
  fingerprint: ['likeness#svc_1', 'inc_1'],
  'known-alert': ['alert-key#abc', 'known-alert'],
  'similar-incidents': ['inc_2', 'resemblance'],
  'action-item': ['act_1', 'action-item'],
  tracker: ['trk_1', 'tracker'],
  'tracked-issue': ['trk_1', 'issue#42'],
};

test.each(Object.entries(keys) as [Kind, [string, string]][])('the key of the kind %s', (kind, [pk, sk]) => {
  expect(keyOf(SAMPLES[kind])).toEqual({ pk, sk });
});

test('a dedup key of any length and content is a key, and no two integrations share one', () => {
  const { dedup } = SAMPLES;
  const long = { ...dedup, dedupKey: '🔥'.repeat(512) };
  expect(canExist(keyOf(long))).toBe(true);
  expect(keyOf(long)).not.toEqual(keyOf({ ...long, integrationId: 'int_2' }));
});

test('the longest name still fits the index', () => {
  const { gsi1pk, gsi1sk } = indexKeysOf({ ...SAMPLES.person, id: 'x'.repeat(30), name: 'İ'.repeat(200) });
  expect(canExist({ pk: String(gsi1pk), sk: String(gsi1sk) })).toBe(true);
});

test('what is due is spread over all shards of its rank', () => {
  const timers = Array.from({ length: 100 }, (_, number) => ({
    ...SAMPLES.timer,
    id: numbered('tmr', number),
  }));
  const partitions = new Set(timers.map((timer) => indexKeysOf(timer).duepk));
  expect([...partitions].sort()).toEqual(
    Array.from({ length: DUE_SHARDS }, (_, shard) => `due#timer#${shard}`),
  );
  expect(indexKeysOf(SAMPLES.timer).duesk).toBe(`${NOW}#tmr_1#timer`);
});

test('only what is due, or on a list, is on an index', () => {
  const kinds = Object.keys(SAMPLES) as Kind[];
  const indexed = kinds.filter((kind) => Object.keys(indexKeysOf(SAMPLES[kind])).length > 0);
  expect(indexed).toEqual([
    'client',
    'service',
    'person',
    'provider',
    'escalation-policy',
    'schedule',
    'integration',
    'api-key',
    'tracker',
    'incident',
    'page',
    'effect',
    'timer',
    'alert',
    'change',
    'provider-ticket',
    'provider-incident',
    'provider-impact',
    'traffic-event',
    'notice',
    'review',
    'cause',
    'action-item',
  ]);
});
