import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DEMO_KEYS, demoRecords, seedDemo } from '../../infra/local/demo.ts';

import { reaches } from '../../shared/domain/directory/person.ts';
import { noticeContacts } from '../../shared/domain/directory/provider.ts';
import { RECORDS, type RecordOf } from '../../shared/domain/records.ts';
import { testEngine } from '../support/engine.ts';

const NOW = '2026-03-02T12:00:00.000Z';
const clock = { now: () => NOW, pause: async () => {} };
const engine = testEngine();
const records = demoRecords(NOW);
const people = records.filter((record): record is RecordOf<'person'> => record.kind === 'person');

describe('the demo', () => {
  test('is made of records as their schemas want them', () => {
    for (const record of records) expect(RECORDS[record.kind].parse(record)).toEqual(record);
  });

  test('refers to nothing that is missing, and every reference is marked as a use', () => {
    const ids = new Set(records.flatMap((record) => ('id' in record ? [record.id] : [])));
    const uses = records.filter((record) => record.kind === 'use');
    for (const use of uses) expect(ids).toContain(use.usedId);
    for (const kind of ['service', 'schedule', 'escalation-policy', 'integration', 'provider'])
      expect(uses.map(({ userKind }) => userKind)).toContain(kind);
  });

  test('reaches everybody by e-mail and by text, at addresses that belong to nobody', () => {
    expect(people).toHaveLength(4);
    for (const person of people) {
      expect(reaches(person, 'high').map(({ method }) => method.channel)).toEqual(['email', 'sms']);
      for (const { address } of person.contactMethods)
        expect(address).toMatch(/@example\.com$|^\+1555\d{7}$/);
    }
  });

  test('has a provider whose every address belongs to nobody, and who hears of traffic', () => {
    const [host, ...others] = records.filter(({ kind }) => kind === 'provider') as RecordOf<'provider'>[];
    expect(others).toEqual([]);
    expect(host && noticeContacts(host).map(({ id }) => id)).toEqual(['desk']);
    for (const { address } of host?.contacts ?? []) expect(address).toMatch(/\bexample\.com$|^\+1555\d{7}$/);
    const hosted = records.filter((record) => record.kind === 'service' && record.providerId === host?.id);
    expect(hosted).toHaveLength(2);
  });

  test('has keys of the 32 characters that PagerDuty clients insist on', () => {
    for (const key of Object.values(DEMO_KEYS)) expect(key).toMatch(/^[0-9a-z]{32}$/);
  });

  test('is put once: a change of it stays, and so does a key that opens it', async () => {
    const { store } = await engine.makeTable();
    await seedDemo({ store, clock });
    const [first] = people;
    if (!first) throw new Error('The demo has no people.');
    await store.commit([{ put: { ...first, name: 'Renamed', version: 2 }, guard: 1 }]);
    expect(await seedDemo({ store, clock })).toBe(false);
    expect(await store.get({ kind: 'person', id: first.id })).toMatchObject({ name: 'Renamed', version: 2 });
    expect((await store.list({ of: 'client' }, { limit: 100 })).items).toHaveLength(2);
    const keyHash = createHash('sha256').update(DEMO_KEYS.pagerduty).digest('hex');
    expect(await store.get({ kind: 'credential', keyHash })).toMatchObject({
      opens: { source: 'pagerduty' },
    });
  });
});
