import { describe, expect, it } from 'vitest';
import { contain, reopen, resolve } from '../../../../shared/domain/corrective/incidents/lifecycle.ts';
import type { Actor } from '../../../../shared/domain/outbox/actor.ts';
import type { HistoryEntry } from '../../../../shared/domain/outbox/history.ts';
import { helpedBy, learned } from '../../../../shared/domain/preventive/recurrence/what-helped.ts';
import { entry, incident } from '../../../pages/answer-view.ts';
import { fingerprint } from '../likenesses.ts';

const invocation = { now: '2026-01-05T04:00:00.000Z', id: '01KE6F3G000000000000000000' };
const bo: Actor = { kind: 'person', id: 'per_bo', name: 'Bo' };
const says = (note: string | undefined, actor: Actor = bo) => ({ actor, by: actor.id, note });

const contained = (note?: string, actor?: Actor) =>
  contain(incident(), says(note, actor), invocation).history;
const resolved = (note?: string, actor?: Actor) => resolve(incident(), says(note, actor), invocation).history;
const reopened = (): HistoryEntry[] => {
  const standing = {
    incident: incident({ status: 'resolved' }),
    policy: { kind: 'policy-snapshot' as const, incidentId: '', clientId: '', policyId: '', name: '' },
    roster: {},
    fallback: undefined,
  };
  const policy = { ...standing.policy, steps: [], repeats: 0 };
  return reopen({ ...standing, policy }, { answer: says(undefined), why: 'by-hand' }, invocation).history;
};
const newestFirst = (...moves: HistoryEntry[][]): HistoryEntry[] => moves.flat().reverse();

describe('what helped is what people said when they contained and resolved it', () => {
  it.each<[string, HistoryEntry[][], string | undefined]>([
    ['both', [contained('Turned it off.'), resolved('Fixed the query.')], 'Turned it off. Fixed the query.'],
    ['one of them', [contained(), resolved('Fixed the query.')], 'Fixed the query.'],
    ['neither', [contained(), resolved()], undefined],
    ['somebody without a name', [resolved('A restart.', { kind: 'person', id: 'per_x' })], 'A restart.'],
    ['Firebreak', [resolved('Its last alert.', { kind: 'firebreak', id: 'firebreak' })], undefined],
    ['a monitor', [resolved('Recovered', { kind: 'integration', id: 'int_1' })], undefined],
    ['other lines', [[entry(1, { actor: bo, text: 'Resolved by Bo. A note.' })]], undefined],
    ['what did not hold', [resolved('A restart.'), reopened(), resolved('A fix.')], 'A fix.'],
    ['nothing since', [resolved('A restart.'), reopened()], undefined],
    ['several lines', [resolved('First\nthen\u202e second')], 'First then second'],
  ])('%s', (_, moves, expected) => expect(helpedBy(newestFirst(...moves))).toBe(expected));

  it('and short', () => expect([...(helpedBy(resolved('x'.repeat(4000))) ?? '')].length).toBe(400));
});

describe('a likeness learns', () => {
  const before = fingerprint(1, 'Checkout', { causeIds: ['cau_carried'] });
  const review = { id: 'rev_1', causeIds: ['cau_1'] };

  it('what was said', () => {
    expect(learned(before, { helped: 'A restart.' })).toEqual({
      ...before,
      helped: 'A restart.',
      version: 2,
    });
  });

  it('what its review says, which stands over that', () => {
    const after = learned(before, { helped: 'A limit.', review });
    expect(after).toMatchObject({ helped: 'A limit.', reviewId: 'rev_1', causeIds: ['cau_1'] });
    expect(learned(after, { helped: 'A restart.' })).toBe(after);
  });

  it('what a later revision of its review says', () => {
    const after = learned(before, { helped: 'A limit.', review });
    const again = learned(after, { helped: 'Two limits.', review: { ...review, causeIds: ['cau_2'] } });
    expect(again).toMatchObject({ helped: 'Two limits.', causeIds: ['cau_2'], version: 3 });
  });

  it('nothing from a review that says neither, but that there is one', () => {
    const known = { ...before, helped: 'A restart.' };
    const after = learned(known, { review: { id: 'rev_1', causeIds: [] } });
    expect(after).toEqual({ ...known, reviewId: 'rev_1', version: 2 });
  });

  it('the same twice as once', () => {
    const after = learned(before, { helped: 'A limit.', review });
    expect(learned(after, { helped: 'A limit.', review })).toBe(after);
    expect(learned(before, {})).toBe(before);
  });
});
