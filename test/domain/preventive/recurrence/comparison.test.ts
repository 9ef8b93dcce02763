import { expect, it } from 'vitest';
import type { Incident } from '../../../../shared/domain/corrective/incidents/incident.ts';
import { compared } from '../../../../shared/domain/preventive/recurrence/comparison.ts';
import type { Fingerprint } from '../../../../shared/domain/preventive/recurrence/fingerprint.ts';
import { incident } from '../../../pages/answer-view.ts';
import { fingerprint, incidentAt } from '../likenesses.ts';

const ALERT = { integrationId: 'int_1', dedupKey: 'checkout' };
const invocation = { now: '2026-01-05T04:00:00.000Z', id: '01KE6F3G000000000000000000' };

const compare = (change: Partial<Incident>, known: Fingerprint[], alert: typeof ALERT | undefined = ALERT) =>
  compared(incident({ id: incidentAt(9), ...change }), { alert, known }, invocation);

const { alertKey = '' } = compare({}, []).fingerprint;
const line = (known: Fingerprint[]): string => {
  const { rest } = compare({}, known);
  const entry = rest.find((each) => each.kind === 'history-entry');
  return entry?.kind === 'history-entry' ? entry.text : 'no line';
};

it('alone it leaves what it is known by, and nothing else', () => {
  const { fingerprint: own, rest, reason } = compare({ summary: 'Health check fails' }, []);
  expect(reason).toBe('nothing-alike');
  expect(rest).toEqual([]);
  expect(own).toMatchObject({
    incidentId: incidentAt(9),
    number: 12,
    version: 1,
    words: ['checkout', 'down', 'health', 'check', 'fails'],
    causeIds: [],
  });
});

it('is known by its alert without naming it', () => {
  expect(alertKey).toMatch(/^[0-9A-Z]{16}$/);
  expect(compare({}, [], { ...ALERT, dedupKey: 'search' }).fingerprint.alertKey).not.toBe(alertKey);
  expect(compare({}, [], { ...ALERT, integrationId: 'int_2' }).fingerprint.alertKey).not.toBe(alertKey);
  expect(compared(incident(), { alert: undefined, known: [] }, invocation).fingerprint).not.toHaveProperty(
    'alertKey',
  );
});

it('says in one line what it looks like and what helped then', () => {
  const helped = 'Rolled back.\nThen cleared the cache.';
  expect(line([fingerprint(3, 'Checkout', { alertKey, helped })])).toBe(
    'Looks like #3 of 2026-01-05 (same alert). What helped then: Rolled back. Then cleared the cache.',
  );
  expect(line([fingerprint(4, 'Checkout is down'), fingerprint(3, 'Checkout is down')])).toBe(
    'Looks like #4 of 2026-01-05 (similar words) and 1 more. No resolution was recorded.',
  );
  const long = line([fingerprint(3, 'Checkout', { alertKey, helped: 'x'.repeat(5000) })]);
  expect([...long].length).toBe(400);
});

it('takes the causes of its alert to have come up again', () => {
  const known = [fingerprint(3, 'Checkout', { alertKey, causeIds: ['cau_a', 'cau_b'] })];
  const { fingerprint: own, rest } = compare({}, known);
  expect(own.causeIds).toEqual(['cau_a', 'cau_b']);
  const sightings = rest.filter((each) => each.kind === 'cause-sighting');
  expect(sightings).toMatchObject([
    { causeId: 'cau_a', incidentId: incidentAt(9), how: 'alert-key', at: incident().openedAt },
    { causeId: 'cau_b', how: 'alert-key' },
  ]);
  const effects = rest.filter((each) => each.kind === 'effect');
  expect(effects.map(({ perform }) => perform)).toEqual([
    { type: 'reopen-for-recurrence', causeId: 'cau_a', incidentId: incidentAt(9) },
    { type: 'reopen-for-recurrence', causeId: 'cau_b', incidentId: incidentAt(9) },
  ]);
  expect(new Set(effects.map(({ id }) => id)).size).toBe(2);
});

it('promises the same for the same incident and cause, whenever it is drawn', () => {
  const known = [fingerprint(3, 'Checkout', { alertKey, causeIds: ['cau_a'] })];
  const ids = ['01KE6F3G000000000000000000', '01KE6F3G0ZZZZZZZZZZZZZZZZZ'].map((id) => {
    const given = { alert: ALERT, known };
    const { rest } = compared(incident({ id: incidentAt(9) }), given, { ...invocation, id });
    return rest.flatMap((each) => (each.kind === 'effect' ? [each.id] : []));
  });
  expect(ids[0]).toHaveLength(1);
  expect(ids[0]).toEqual(ids[1]);
});

it('words alone say so, and set nothing off', () => {
  const { fingerprint: own, rest } = compare({}, [
    fingerprint(3, 'Checkout is down', { causeIds: ['cau_a'] }),
  ]);
  expect(rest.map(({ kind }) => kind)).toEqual(['similar-incidents', 'history-entry']);
  expect(own.causeIds).toEqual([]);
});

it('keeps what is written together small, whatever it is called', () => {
  const { fingerprint: own } = compare({ title: '\u202ehostile\n'.repeat(500) }, []);
  expect([...own.title].length).toBe(200);
  expect(own.title).not.toMatch(/[\n\u202e]/);
});
