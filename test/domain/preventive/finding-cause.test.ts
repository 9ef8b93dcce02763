import { expect, test } from 'vitest';
import type { Cause } from '../../../shared/domain/preventive/cause.ts';
import { contentOf } from '../../../shared/domain/preventive/finding-body.ts';
import { causeBehind, causeIdOf } from '../../../shared/domain/preventive/finding-cause.ts';
import { PREVENTIVE_SAMPLES } from '../../store/preventive-samples.ts';
import { finding, NOW } from './findings.ts';

const { review } = PREVENTIVE_SAMPLES;
const own = finding('fnd_1', { text: 'No limit was set', cause: { id: 'cau_1', type: 'configuration' } });
const cause: Cause = {
  ...{ kind: 'cause', id: 'cau_1', version: 1, createdAt: NOW, updatedAt: NOW, clientId: review.clientId },
  ...{ serviceId: review.serviceId, type: 'configuration', text: 'No limit was set', reviewId: review.id },
};
const LATER = '2026-01-07T10:00:00.000Z';

test('a finding that is a cause makes one, by its own id', () => {
  expect(causeIdOf('fnd_1')).toBe('cau_1');
  expect(causeBehind(own, { review, before: undefined, now: NOW })).toEqual(cause);
});

test('its cause says what the finding says, and stays as it is when that is so already', () => {
  expect(causeBehind(own, { review, before: cause, now: LATER })).toBe(cause);
  const changed = { ...own, text: 'No limit was known' };
  expect(causeBehind(changed, { review, before: cause, now: LATER })).toEqual({
    ...{ ...cause, version: 2, text: 'No limit was known', updatedAt: LATER },
  });
});

test.each([
  ['no cause', finding('fnd_1')],
  ['a cause that is known from before', finding('fnd_1', { cause: { id: 'cau_old', type: 'defect' } })],
])('a finding that is %s makes none', (_what, given) => {
  expect(causeBehind(given, { review, before: undefined, now: NOW })).toBeUndefined();
});

test('a finding can be sent back as it is', () => {
  expect(contentOf(own)).toEqual({
    ...{ technique: 'five-whys', text: 'No limit was set', answers: ['problem'], evidenceIds: [] },
    cause: { type: 'configuration' },
  });
  const joined = finding('fnd_2', { cause: { id: 'cau_old', type: 'defect' }, gate: 'and' });
  expect(contentOf(joined)).toMatchObject({ cause: { type: 'defect', sameAs: 'cau_old' }, gate: 'and' });
});
