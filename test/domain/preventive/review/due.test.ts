import { expect, test } from 'vitest';
import { ReviewRule } from '../../../../shared/domain/directory/follow-up.ts';
import { becauseOf, reasonsFor } from '../../../../shared/domain/preventive/review/due.ts';
import { after } from '../../../../shared/domain/time.ts';
import { incident, NOW } from '../review-scene.ts';

const NEVER = { severities: [], repeats: false };
const BREACH = { ...NEVER, breach: { acknowledgeWithin: 'PT3M', resolveWithin: 'PT1H' } };
const ONCE = { acknowledgedAt: undefined, resolvedAt: after(NOW, 'PT10S') };

test.each([
  ['nothing speaks for it', NEVER, {}, true, []],
  ['it is always due', { ...NEVER, always: true }, { severity: 'sev4' }, false, ['always']],
  ['its severity is named', { ...NEVER, severities: ['sev3'] }, { severity: 'sev3' }, false, ['severity']],
  ['its severity is not named', { ...NEVER, severities: ['sev3'] }, { severity: 'sev1' }, false, []],
  ['sev1 and sev2 are meant unless told', { repeats: false }, { severity: 'sev2' }, false, ['severity']],
  ['sev3 is not', { repeats: false }, { severity: 'sev3' }, false, []],
  ['it was answered and resolved to the second', BREACH, {}, false, []],
  ['it was answered a moment too late', BREACH, { acknowledgedAt: after(NOW, 'PT181S') }, false, ['breach']],
  ['it was resolved a moment too late', BREACH, { resolvedAt: after(NOW, 'PT3601S') }, false, ['breach']],
  ['it was solved at once', BREACH, ONCE, false, []],
  [
    'it was over late, and nobody had answered',
    { ...NEVER, breach: { acknowledgeWithin: 'PT3M' } },
    { acknowledgedAt: undefined },
    false,
    ['breach'],
  ],
  ['it was like one before', { severities: [] }, {}, true, ['repeat']],
  ['it was like none before', { severities: [] }, {}, false, []],
  [
    'all of it',
    { ...BREACH, always: true, severities: ['sev1'], repeats: true },
    { resolvedAt: after(NOW, 'P1D') },
    true,
    ['always', 'severity', 'breach', 'repeat'],
  ],
  ['it was solved at once, and is always due', { ...NEVER, always: true }, ONCE, false, ['always']],
  ['it was a drill', { always: true }, { drill: true }, true, []],
] as const)('%s', (_, rule, changes, isRepeat, reasons) => {
  const found = reasonsFor({ rule: ReviewRule.parse(rule), incident: incident(changes as object), isRepeat });
  expect(found).toEqual(reasons);
});

test('the reasons end a sentence', () => {
  expect(becauseOf(['severity', 'repeat'])).toBe('of its severity, and because it recurred');
});
