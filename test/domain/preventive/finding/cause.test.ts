import { expect, test } from 'vitest';
import { contentOf } from '../../../../shared/domain/preventive/finding/body.ts';
import { causeAfter, causeIdOf, causesIn } from '../../../../shared/domain/preventive/finding/cause.ts';
import type { Finding } from '../../../../shared/domain/preventive/finding/finding.ts';
import type { Cause } from '../../../../shared/domain/preventive/recurrence/cause.ts';
import { PREVENTIVE_SAMPLES } from '../../../store/preventive-samples.ts';
import { finding, NOW } from '../findings.ts';

const { review } = PREVENTIVE_SAMPLES;
const own = finding('fnd_1', { text: 'No limit was set', cause: { id: 'cau_1', type: 'configuration' } });
const cause: Cause = {
  ...{ kind: 'cause', id: 'cau_1', version: 1, createdAt: NOW, updatedAt: NOW, clientId: review.clientId },
  ...{ serviceId: review.serviceId, type: 'configuration', text: 'No limit was set', reviewId: review.id },
};
const LATER = '2026-01-07T10:00:00.000Z';

const after = (turn: { before?: Finding; after?: Finding }, known?: Cause, id = 'cau_1') =>
  causeAfter(id, { before: undefined, after: undefined, ...turn }, { review, known, now: LATER });

test('a finding that is a cause makes one, by its own id', () => {
  expect(causeIdOf('fnd_1')).toBe('cau_1');
  expect(after({ after: own })).toEqual({ ...cause, createdAt: LATER, updatedAt: LATER, findings: 1 });
});

test('its cause says what the finding says, and stays as it is when that is so already', () => {
  expect(after({ before: own, after: own }, cause)).toBe(cause);
  const changed = { ...own, text: 'No limit was known' };
  expect(after({ before: own, after: changed }, cause)).toEqual({
    ...{ ...cause, version: 2, text: 'No limit was known', updatedAt: LATER, findings: 1 },
  });
});

test('a cause counts the findings that are it, and speaks in the words of its own', () => {
  const same = finding('fnd_2', { cause: { id: 'cau_1', type: 'configuration' } });
  const two = after({ after: same }, cause);
  expect(two).toMatchObject({ text: 'No limit was set', version: 2, findings: 2 });
  expect(after({ before: same, after: { ...same, text: 'Otherwise' } }, two)).toBe(two);
  const other = { ...same, cause: { id: 'cau_other', type: 'defect' as const } };
  expect(after({ before: same, after: other }, two)).toMatchObject({ findings: 1 });
  const one = after({ before: own }, two);
  expect(one).toMatchObject({ text: 'No limit was set', findings: 1 });
  expect(after({ before: same }, one)).toMatchObject({ findings: 0 });
  expect(causesIn({ before: same, after: other })).toEqual(['cau_1', 'cau_other']);
});

test('what is not there, and no finding is by itself, is not made', () => {
  expect(after({ after: finding('fnd_2', { cause: { id: 'cau_1', type: 'defect' } }) })).toBeUndefined();
  expect(causesIn({ before: undefined, after: finding('fnd_1') })).toEqual([]);
});

test('a finding can be sent back as it is', () => {
  expect(contentOf(own)).toEqual({
    ...{ technique: 'five-whys', text: 'No limit was set', answers: ['problem'], evidenceIds: [] },
    cause: { type: 'configuration' },
  });
  const joined = finding('fnd_2', { cause: { id: 'cau_old', type: 'defect' }, gate: 'and' });
  expect(contentOf(joined)).toMatchObject({ cause: { sameAs: 'cau_old' }, gate: 'and' });
});
